#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

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
Value square(const Value& x);
/// 1 / x; integers and bools are taken as float32.
Value reciprocal(const Value& x);

}  // namespace antler::ops
