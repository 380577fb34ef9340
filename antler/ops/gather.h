#pragma once

#include <optional>

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// Slices of x along an axis, picked by indices; a negative index counts from the end.
///
/// Shapes  x (A..., n, B...), indices (I...) -> (A..., I..., B...).
/// Types   x any, which is kept; indices of an integer type.
/// Errors  ShapeError for the axis, TypeError; an index outside [-n, n) fails the run with a
///         ValueError.
/// Source  keras.ops.take.
struct Gather {
  int axis = 0;
  static constexpr std::string_view name = "gather";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The adjoint of Gather: zeros of `size` slices along an axis, to which slice i of the values is
/// added at indices[i]; equal indices add up, in order.
///
/// Shapes  indices (I...), values (A..., I..., B...) -> (A..., size, B...).
/// Types   indices of an integer type; values any but bool.
/// Errors  as Gather.  Source  the derivative of keras.ops.take.
struct ScatterAdd {
  int axis = 0;
  std::int64_t size = 0;
  static constexpr std::string_view name = "scatter_add";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"axis", "size"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Gather along `axis`, or from the flattened x without one.  Source  keras.ops.take.
Value take(const Value& x, const Value& indices, std::optional<int> axis = std::nullopt);
/// Zeros of `shape`, to which values[i] is added at the position indices[i, :]; positions may leave
/// out last axes, which the values then have.
///
/// Shapes  indices (I..., n), values (I..., shape[n:]...) -> `shape`.
/// Types   indices of an integer type; values any but bool, which is kept.
/// Errors  ShapeError, TypeError; an index out of range fails the run.  Source  keras.ops.scatter.
Value scatter(const Value& indices, const Value& values, const Shape& shape);

}  // namespace antler::ops
