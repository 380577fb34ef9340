#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  float32, float64.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// The sine of an angle in radians.  Source  keras.ops.sin.
struct Sin : detail::FloatingUnary<Sin> {
  static constexpr std::string_view name = "sin";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The cosine of an angle in radians.  Source  keras.ops.cos.
struct Cos : detail::FloatingUnary<Cos> {
  static constexpr std::string_view name = "cos";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The hyperbolic tangent.  Source  keras.ops.tanh.
struct Tanh : detail::FloatingUnary<Tanh> {
  static constexpr std::string_view name = "tanh";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value sin(const Value& x);
Value cos(const Value& x);
/// sin(x) / cos(x).  Source  keras.ops.tan.
Value tan(const Value& x);
Value tanh(const Value& x);

}  // namespace antler::ops
