#include "antler/ops/expand_dims.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"
#include "antler/ops/composite.h"
#include "antler/ops/reshape.h"

namespace antler::ops {
namespace {

// A reshape may leave one axis open; with more of them unknown it must wait.
Value reshape_by(const std::string& name, const Value& x, const std::vector<int>& axes,
                 Shape (*change)(const Shape& shape, const std::vector<int>& axes)) {
  const auto unknown = std::count(x.shape().begin(), x.shape().end(), None);
  if (unknown <= 1) return reshape(x, change(x.shape(), axes));
  return when_shapes_known(name, {x}, Config::map({{"axis", axes}}),
                           [axes, change](std::span<const Value> values) {
                             return reshape(values[0], change(values[0].shape(), axes));
                           });
}

Shape expanded(const Shape& shape, const std::vector<int>& axes) {
  Shape out = shape;
  for (const int axis : axes) out = out.inserted(axis, 1);
  return out;
}

Shape squeezed(const Shape& shape, const std::vector<int>& axes) {
  for (const int axis : axes) {
    if (shape.dim(axis) == 1) continue;
    throw ShapeError("squeeze: expected size 1 along axis " + std::to_string(axis) + ", got " +
                     shape.to_string());
  }
  return reduced_shape(shape, axes, false);
}

}  // namespace

Value expand_dims(const Value& x, int axis) { return expand_dims(x, std::vector<int>{axis}); }

Value expand_dims(const Value& x, const std::vector<int>& axes) {
  const int rank = x.rank() + static_cast<int>(axes.size());
  return reshape_by("expand_dims", x, Axes(axes).resolve("expand_dims", rank), expanded);
}

Value squeeze(const Value& x) {
  std::vector<int> axes;
  for (int axis = 0; axis < x.rank(); ++axis) {
    if (x.shape().dim(axis) == 1) axes.push_back(axis);
  }
  return squeeze(x, Axes(axes));
}

Value squeeze(const Value& x, const Axes& axis) {
  return reshape_by("squeeze", x, axis.resolve("squeeze", x.rank()), squeezed);
}

Value ravel(const Value& x) { return reshape(x, {None}); }

}  // namespace antler::ops
