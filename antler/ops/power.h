#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise with broadcasting.
//
// Shapes  any two that broadcast.  Types  any, brought to one as in arithmetic.h.
// Errors  ShapeError; TypeError when an op itself gets operands of two types.

namespace antler::ops {

/// a^b. Integers wrap around; a negative exponent of integers gives the truncated quotient.
///
/// Source  keras.ops.power.
struct Power : detail::Binary<Power> {
  static constexpr std::string_view name = "power";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Integer numbers 2 and 3 as exponents become products.
Value power(const Value& a, const Value& b);
inline Value pow(const Value& a, const Value& b) { return power(a, b); }
/// x * x.  Source  keras.ops.square.
Value square(const Value& x);
/// 1 / x; integers and bools are taken as float32.  Source  keras.ops.reciprocal.
Value reciprocal(const Value& x);

}  // namespace antler::ops
