#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// Axes in another order: axis i of the result is axis perm[i] of x.
///
/// Shapes  n_a along axis a -> n_perm[i] along axis i.  Types  any, which is kept.
/// Errors  ShapeError when `perm` is not a permutation of the axes.  Source  keras.ops.transpose.
struct Transpose {
  std::vector<int> perm = {};  // each in [0, rank)
  static constexpr std::string_view name = "transpose";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"perm"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The axes in the given order (negative ones count from the end), reversed without one; `x` itself
/// when the order does not change.
Value transpose(const Value& x);
Value transpose(const Value& x, const std::vector<int>& axes);
/// Two axes exchanged.  Errors  ShapeError for one out of range.  Source  keras.ops.swapaxes.
Value swapaxes(const Value& x, int axis1, int axis2);
/// Axes moved to new places; the others keep their order.
///
/// Errors  ShapeError for axes out of range or given twice, and for lists of unequal lengths.
/// Source  keras.ops.moveaxis.
Value moveaxis(const Value& x, int source, int destination);
Value moveaxis(const Value& x, const std::vector<int>& source, const std::vector<int>& destination);

}  // namespace antler::ops
