#include "antler/ops/log_softmax.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/sum.h"

namespace antler::ops {

TensorSpec LogSoftmax::infer(std::span<const TensorSpec> inputs) const {
  normalize_axis(name, axis, inputs[0].shape.rank());
  return detail::infer_floating_unary(name, inputs);
}

std::vector<Value> LogSoftmax::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  return {g - exp(context.output(0)) * sum(g, {.axis = axis, .keepdims = true})};
}

Value log_softmax(const Value& x, int axis) {
  return apply(LogSoftmax{.axis = axis}, {detail::as_floating(x)});
}

}  // namespace antler::ops
