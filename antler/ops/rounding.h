#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise.
//
// Shapes  any, which the result keeps.
// Types   any, which is kept; floor and ceil of integers and bools give float32, as in Keras.
// Errors  TypeError when the op Floor or Ceil itself gets other types than floats.

namespace antler::ops {

/// |x|; the derivative at 0 is 0.  Source  keras.ops.abs.
struct Abs : detail::AnyUnary<Abs> {
  static constexpr std::string_view name = "abs";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// -1, 0 or 1; NaN stays. The derivative is 0.  Source  keras.ops.sign.
struct Sign : detail::AnyUnary<Sign> {
  static constexpr std::string_view name = "sign";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The nearest integer, halves to the even one. The derivative is 0.  Source  keras.ops.round.
struct Round : detail::AnyUnary<Round> {
  static constexpr std::string_view name = "round";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The largest integer not above x. The derivative is 0.  Source  keras.ops.floor.
struct Floor : detail::FloatingUnary<Floor> {
  static constexpr std::string_view name = "floor";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The smallest integer not below x. The derivative is 0.  Source  keras.ops.ceil.
struct Ceil : detail::FloatingUnary<Ceil> {
  static constexpr std::string_view name = "ceil";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value abs(const Value& x);
Value sign(const Value& x);
Value round(const Value& x);
Value floor(const Value& x);
Value ceil(const Value& x);

}  // namespace antler::ops
