#include "antler/ops/gather_along.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/check_index.h"
#include "antler/ops/composite.h"
#include "antler/ops/reshape.h"

namespace antler::ops {
namespace {

Value broadcast_and_gather(const Value& x, const Value& indices, int axis) {
  Shape x_others = x.shape();
  Shape index_others = indices.shape();
  x_others.set(axis, 1);
  index_others.set(axis, 1);
  Shape x_shape = broadcast_shapes("take_along_axis", x_others, index_others);
  Shape index_shape = x_shape;
  x_shape.set(axis, x.shape().dim(axis));
  index_shape.set(axis, indices.shape().dim(axis));
  return apply(GatherAlong{axis}, {broadcast_to(x, x_shape), broadcast_to(indices, index_shape)});
}

}  // namespace

TensorSpec GatherAlong::infer(std::span<const TensorSpec> inputs) const {
  const Shape& indices = inputs[1].shape;
  detail::require_indices(name, inputs[1]);
  Shape expected = inputs[0].shape;
  const int at = normalize_axis(name, axis, expected.rank());
  if (indices.rank() == expected.rank()) expected.set(at, indices.dim(at));
  if (indices != expected) {
    throw ShapeError("gather_along: expected indices that differ from " +
                     inputs[0].shape.to_string() + " along axis " + std::to_string(at) +
                     " only, got " + indices.to_string());
  }
  return {indices, inputs[0].dtype};
}

std::vector<Value> GatherAlong::gradient(const GradientContext& context) const {
  return {apply(ScatterAlong{axis, context.input(0).shape().dim(axis)},
                {context.input(1), context.output_gradient(0)}),
          Value()};
}

TensorSpec ScatterAlong::infer(std::span<const TensorSpec> inputs) const {
  detail::require_indices(name, inputs[0]);
  Shape shape = inputs[1].shape;
  if (inputs[0].shape != shape) {
    throw ShapeError("scatter_along: expected values of the indices' shape " +
                     inputs[0].shape.to_string() + ", got " + shape.to_string());
  }
  if (inputs[1].dtype == DType::boolean) {
    throw TypeError("scatter_along: expected values other than bool; convert with ops::cast");
  }
  shape.set(normalize_axis(name, axis, shape.rank()), size);
  return {shape, inputs[1].dtype};
}

std::vector<Value> ScatterAlong::gradient(const GradientContext& context) const {
  return {Value(), apply(GatherAlong{axis}, {context.output_gradient(0), context.input(0)})};
}

Value take_along_axis(const Value& x, const Value& indices, std::optional<int> axis) {
  if (!axis) return take_along_axis(reshape(x, {None}), indices, 0);
  if (x.rank() != indices.rank()) {
    throw ShapeError("take_along_axis: expected indices of rank " + std::to_string(x.rank()) +
                     " as x has, got " + indices.shape().to_string());
  }
  const int at = normalize_axis("take_along_axis", *axis, x.rank());
  return when_shapes_known("take_along_axis", {x, indices}, Config::map({{"axis", *axis}}),
                           [at](std::span<const Value> values) {
                             return broadcast_and_gather(values[0], values[1], at);
                           });
}

}  // namespace antler::ops
