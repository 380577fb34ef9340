#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise with broadcasting.
//
// Shapes  any two that broadcast.  Types  any, brought to one as in arithmetic.h.
// Errors  ShapeError; TypeError when an op itself gets operands of two types.

namespace antler::ops {

/// The larger of two; a NaN wins. Where they are equal each gets half of the gradient, as in JAX.
///
/// Source  keras.ops.maximum.
struct Maximum : detail::Binary<Maximum> {
  static constexpr std::string_view name = "maximum";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The smaller of two; a NaN wins. Where they are equal each gets half of the gradient.
///
/// Source  keras.ops.minimum.
struct Minimum : detail::Binary<Minimum> {
  static constexpr std::string_view name = "minimum";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value maximum(const Value& a, const Value& b);
Value minimum(const Value& a, const Value& b);
/// minimum(maximum(x, low), high).  Source  keras.ops.clip.
Value clip(const Value& x, const Value& low, const Value& high);

}  // namespace antler::ops
