#pragma once

#include <optional>

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// Elements of x picked along an axis, by indices for each line by itself: for axis 1 of two,
/// y[i, j] = x[i, indices[i, j]]; a negative index counts from the end.
///
/// Shapes  x (A..., n, B...), indices (A..., m, B...) -> (A..., m, B...).
/// Types   x any, which is kept; indices of an integer type.
/// Errors  ShapeError, TypeError; an index outside [-n, n) fails the run.
/// Source  keras.ops.take_along_axis.
struct GatherAlong {
  int axis = 0;
  static constexpr std::string_view name = "gather_along";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The adjoint of GatherAlong: zeros with `size` elements along the axis, to which each value is
/// added at its index; equal indices add up, in order.
///
/// Shapes  indices (A..., m, B...), values the same -> (A..., size, B...).
/// Types   indices of an integer type; values any but bool.
/// Errors  as GatherAlong.  Source  the derivative of keras.ops.take_along_axis.
struct ScatterAlong {
  int axis = 0;
  std::int64_t size = 0;
  static constexpr std::string_view name = "scatter_along";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"axis", "size"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// GatherAlong with the other axes broadcast; without an axis, on the flattened x.
///
/// Errors  ShapeError also for indices of another rank than x.  Source  keras.ops.take_along_axis.
Value take_along_axis(const Value& x, const Value& indices, std::optional<int> axis = std::nullopt);

}  // namespace antler::ops
