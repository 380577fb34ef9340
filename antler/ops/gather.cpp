#include "antler/ops/gather.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/check_index.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sum.h"

namespace antler::ops {
namespace {

// `replaced` axes of `shape` from `axis` on give way to `inner`.
Shape with_axes(const Shape& shape, int axis, int replaced, const Shape& inner) {
  std::vector<std::int64_t> dims(shape.begin(), shape.begin() + axis);
  dims.insert(dims.end(), inner.begin(), inner.end());
  dims.insert(dims.end(), shape.begin() + axis + replaced, shape.end());
  return Shape(dims);
}

}  // namespace

TensorSpec Gather::infer(std::span<const TensorSpec> inputs) const {
  const Shape& x = inputs[0].shape;
  detail::require_indices(name, inputs[1]);
  const int at = normalize_axis(name, axis, x.rank());
  return {with_axes(x, at, 1, inputs[1].shape), inputs[0].dtype};
}

std::vector<Value> Gather::gradient(const GradientContext& context) const {
  const Shape& x = context.input(0).shape();
  const int at = normalize_axis(name, axis, x.rank());
  return {apply(ScatterAdd{at, x.dim(at)}, {context.input(1), context.output_gradient(0)}),
          Value()};
}

TensorSpec ScatterAdd::infer(std::span<const TensorSpec> inputs) const {
  const Shape& indices = inputs[0].shape;
  const Shape& values = inputs[1].shape;
  detail::require_indices(name, inputs[0]);
  if (inputs[1].dtype == DType::boolean) {
    throw TypeError("scatter_add: expected values other than bool; convert with ops::cast");
  }
  const int at = normalize_axis(name, axis, values.rank() - indices.rank() + 1);
  if (values.subshape(at, at + indices.rank()) != indices) {
    throw ShapeError("scatter_add: expected values with axes " + indices.to_string() +
                     " from axis " + std::to_string(at) + " on, as the indices have, got " +
                     values.to_string());
  }
  return {with_axes(values, at, indices.rank(), {size}), inputs[1].dtype};
}

std::vector<Value> ScatterAdd::gradient(const GradientContext& context) const {
  const int rank = context.input(1).rank() - context.input(0).rank() + 1;
  return {Value(), apply(Gather{normalize_axis(name, axis, rank)},
                         {context.output_gradient(0), context.input(0)})};
}

Value take(const Value& x, const Value& indices, std::optional<int> axis) {
  if (axis) return apply(Gather{*axis}, {x, indices});
  return apply(Gather{0}, {reshape(x, {None}), indices});
}

// One row-major index for each position; each part is checked by itself, lest one too large in a
// part land in the next row.
Value scatter(const Value& indices, const Value& values, const Shape& shape) {
  if (indices.rank() < 1 || indices.shape().back() == None ||
      indices.shape().back() > shape.rank()) {
    throw ShapeError("scatter: expected indices (..., n) with n at most the " +
                     std::to_string(shape.rank()) + " axes of the result, got " +
                     indices.shape().to_string());
  }
  const int parts = static_cast<int>(indices.shape().back());
  const Shape slice = shape.subshape(parts, shape.rank());
  const Shape expected = with_axes(indices.shape(), indices.rank() - 1, 1, slice);
  if (!values.shape().is_compatible(expected)) {
    throw ShapeError("scatter: expected values of shape " + expected.to_string() + ", got " +
                     values.shape().to_string());
  }
  Value flat = Value(Tensor::zeros(Shape(), indices.dtype()));
  for (int part = 0; part < parts; ++part) {
    const Value along = apply(Gather{-1}, {indices, Value(Tensor(part))});
    flat =
        flat * Value(Tensor(shape.dim(part)).astype(indices.dtype())) +
        apply(CheckIndex{.size = shape.dim(part), .from_end = true, .owner = "scatter"}, {along});
  }
  const std::int64_t size = shape.size(0, parts);
  const Value sums = apply(ScatterAdd{0, size}, {flat, values});
  return reshape(sums, shape);
}

}  // namespace antler::ops
