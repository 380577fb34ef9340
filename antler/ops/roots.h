#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  float32, float64.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// The square root; NaN below 0, derivative inf at 0.  Source  keras.ops.sqrt.
struct Sqrt : detail::FloatingUnary<Sqrt> {
  static constexpr std::string_view name = "sqrt";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// 1 / sqrt(x).  Source  keras.ops.rsqrt.
struct Rsqrt : detail::FloatingUnary<Rsqrt> {
  static constexpr std::string_view name = "rsqrt";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value sqrt(const Value& x);
Value rsqrt(const Value& x);

}  // namespace antler::ops
