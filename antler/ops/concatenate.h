#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The inputs one after the other along an axis.
///
/// Shapes  (..., n_i, ...), equal but for `axis` -> (..., sum n_i, ...).
/// Types   any, the same for all.
/// Errors  ValueError without inputs; ShapeError for an axis out of range, or shapes that differ in
///         another; TypeError for several types.
/// Source  keras.ops.concatenate.
struct Concatenate {
  int axis = 0;
  static constexpr std::string_view name = "concatenate";
  static constexpr int arity = kVariadic;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Operands are promoted to one type.
Value concatenate(const std::vector<Value>& values, int axis = -1);
/// The values beside each other along a new axis: n of (...) -> (..., n, ...). Types and errors as
/// of concatenate.
/// Source  keras.ops.stack.
Value stack(const std::vector<Value>& values, int axis = 0);

}  // namespace antler::ops
