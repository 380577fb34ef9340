#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/axes.h"

namespace antler::ops {

/// The largest element over axes; a NaN wins. Elements that tie share the gradient equally.
///
/// Shapes  x without the axes, or with 1 in their place.
/// Types   every type, which it keeps; of no bools it is false.
/// Errors  ShapeError for an axis out of range or no elements.  Source  keras.ops.max.
struct Max {
  std::vector<int> axes;  // sorted, in [0, rank)
  bool keepdims = false;
  static constexpr std::string_view name = "max";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axes", "keepdims"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The smallest element over axes; a NaN wins. Elements that tie share the gradient equally.
///
/// Shapes  as Max.
/// Types   every type, which it keeps; of no bools it is true.
/// Errors  ShapeError for an axis out of range or no elements.  Source  keras.ops.min.
struct Min {
  std::vector<int> axes;  // sorted, in [0, rank)
  bool keepdims = false;
  static constexpr std::string_view name = "min";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axes", "keepdims"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value max(const Value& x, const ReduceOptions& options = {});
Value min(const Value& x, const ReduceOptions& options = {});
/// Whether all elements, or any, are true (not 0); of none true and false.  Types  any -> bool.
///
/// Errors  ShapeError for an axis out of range.  Source  keras.ops.all, any.
Value all(const Value& x, const ReduceOptions& options = {});
Value any(const Value& x, const ReduceOptions& options = {});

}  // namespace antler::ops
