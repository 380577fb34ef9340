#include "antler/ops/extrema.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/where.h"

namespace antler::ops {
namespace {

template <class Op>
Value binary(const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(Op{}, {x, y});
}

// `chosen`: where the first operand is the result for certain.
std::vector<Value> shared_at_ties(const GradientContext& context, const Value& chosen) {
  const Value& g = context.output_gradient(0);
  const Value tie = equal(context.input(0), context.input(1));
  return {context.needs(0) ? where(chosen, g, where(tie, g * 0.5, 0)) : Value(),
          context.needs(1) ? where(chosen, 0, where(tie, g * 0.5, g)) : Value()};
}

}  // namespace

std::vector<Value> Maximum::gradient(const GradientContext& context) const {
  return shared_at_ties(context, context.input(0) > context.input(1));
}

std::vector<Value> Minimum::gradient(const GradientContext& context) const {
  return shared_at_ties(context, context.input(0) < context.input(1));
}

Value maximum(const Value& a, const Value& b) { return binary<Maximum>(a, b); }
Value minimum(const Value& a, const Value& b) { return binary<Minimum>(a, b); }

Value clip(const Value& x, const Value& low, const Value& high) {
  return minimum(maximum(x, low), high);
}

}  // namespace antler::ops
