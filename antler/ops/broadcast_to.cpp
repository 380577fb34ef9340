#include "antler/ops/broadcast_to.h"

#include "antler/core/error.h"

namespace antler::ops {

TensorSpec BroadcastTo::infer(std::span<const TensorSpec> inputs) const {
  if (broadcast_shapes(name, inputs[0].shape, shape) != shape) {
    throw ShapeError("broadcast_to: expected a shape that stretches to " + shape.to_string() +
                     ", got " + inputs[0].shape.to_string());
  }
  return {shape, inputs[0].dtype};
}

// Reverse mode sums over the stretched axes, as for every op that broadcasts.
std::vector<Value> BroadcastTo::gradient(const GradientContext& context) const {
  return {context.output_gradient(0)};
}

Value broadcast_to(const Value& x, const Shape& shape) {
  if (x.shape() == shape) return x;
  return apply(BroadcastTo{shape}, {x});
}

}  // namespace antler::ops
