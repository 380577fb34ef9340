#include "antler/ops/dropout.h"

#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/composite.h"
#include "antler/ops/operands.h"
#include "antler/ops/random.h"
#include "antler/ops/where.h"

namespace antler::ops {
namespace {

Value apply_mask(const Value& x, const Value& drawn, double rate, double scale) {
  return where(drawn >= detail::number_like(drawn, rate), x * detail::number_like(x, scale), 0);
}

// The random numbers are made again from seed and step, so the rule is the op itself.
std::vector<Value> gradient_rule(const Composite& op, const GradientContext& context) {
  const std::vector<Value> inputs = {context.output_gradient(0), context.input(1),
                                     context.input(2)};
  return {composite(op.kernel, inputs, op.attributes, op.build, op.rule).front(), Value(), Value()};
}

}  // namespace

Value dropout(const Value& x, const Value& drawn, double rate) {
  const double scale = rate == 1 ? 0 : 1 / (1 - rate);
  const auto* random = drawn.node().is_op() ? drawn.node().op_as<Random>() : nullptr;
  const bool fused = random != nullptr && random->kind == Random::Kind::uniform && random->a == 0 &&
                     random->b == 1 && drawn.spec() == x.spec() && x.dtype() == DType::float32;
  if (!fused) return apply_mask(x, drawn, rate, scale);
  const Config attributes = Config::map(
      {{"rate", rate}, {"scale", scale}, {"stream", static_cast<std::int64_t>(random->stream)}});
  const auto build = [rate, scale, op = *random](std::span<const Value> in) {
    return std::vector<Value>{apply_mask(in[0], apply(op, {in[1], in[2]}), rate, scale)};
  };
  const std::vector<Value>& source = drawn.node().inputs();
  return composite("dropout", {x, source[0], source[1]}, attributes, build, gradient_rule).front();
}

}  // namespace antler::ops
