#include "antler/ops/softmax.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"

namespace antler::ops {

TensorSpec Softmax::infer(std::span<const TensorSpec> inputs) const {
  normalize_axis(name, axis, inputs[0].shape.rank());
  return detail::infer_floating_unary(name, inputs);
}

// The Jacobian is diag(y) - y y^T: its product with g needs no matrix, and y no second softmax.
std::vector<Value> Softmax::gradient(const GradientContext& context) const {
  const Value y = context.output(0);
  const Value& g = context.output_gradient(0);
  return {y * (g - sum(g * y, {.axis = axis, .keepdims = true}))};
}

Value softmax(const Value& x, int axis) {
  return apply(Softmax{.axis = axis}, {detail::as_floating(x)});
}

}  // namespace antler::ops
