#include "antler/ops/reshape.h"

#include <string>

#include "antler/core/error.h"

namespace antler::ops {

TensorSpec Reshape::infer(std::span<const TensorSpec> inputs) const {
  const std::int64_t size = inputs[0].shape.size();
  Shape target = shape;
  std::int64_t known = 1;
  int unknown = -1;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (shape.dim(axis) != None) {
      known *= shape.dim(axis);
    } else if (unknown < 0) {
      unknown = axis;
    } else {
      throw ShapeError("reshape: expected at most one None, got " + shape.to_string());
    }
  }
  if (unknown >= 0 && known > 0) target.set(unknown, size / known);
  if (!target.is_known() || target.size() != size) {
    throw ShapeError("reshape: expected a shape of " + std::to_string(size) + " elements as " +
                     inputs[0].shape.to_string() + " has, got " + shape.to_string());
  }
  return {target, inputs[0].dtype};
}

std::vector<Value> Reshape::gradient(const GradientContext& context) const {
  return {reshape(context.output_gradient(0), context.input(0).shape())};
}

Value reshape(const Value& x, const Shape& shape) {
  if (x.shape() == shape && shape.is_known()) return x;
  return apply(Reshape{shape}, {x});
}

}  // namespace antler::ops
