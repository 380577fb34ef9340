#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// The four operations and negation, elementwise with broadcasting. Their gradient rules ignore
// broadcasting: reverse mode sums a gradient over stretched axes once, for all ops.
//
// Shapes  any two that broadcast by NumPy's rule.
// Types   any. The functions and operators bring both operands to one type: a plain number takes
//         the other's, but a real one makes integers float32; else the wider type wins, floats
//         before integers. Integers wrap around.
// Errors  ShapeError; TypeError when an op itself gets operands of two types.
namespace antler::ops {

/// a + b.  Source  keras.ops.add.
struct Add : detail::Binary<Add> {
  static constexpr std::string_view name = "add";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// a - b.  Source  keras.ops.subtract.
struct Subtract : detail::Binary<Subtract> {
  static constexpr std::string_view name = "subtract";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// a * b.  Source  keras.ops.multiply.
struct Multiply : detail::Binary<Multiply> {
  static constexpr std::string_view name = "multiply";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// a / b.  Types  float32, float64.  Source  keras.ops.divide.
struct Divide : detail::Binary<Divide> {
  static constexpr std::string_view name = "divide";
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// -x.  Source  keras.ops.negative.
struct Negative : detail::AnyUnary<Negative> {
  static constexpr std::string_view name = "negative";
  std::vector<Value> gradient(const GradientContext& context) const;
};

Value add(const Value& a, const Value& b);
Value subtract(const Value& a, const Value& b);
Value multiply(const Value& a, const Value& b);
/// Integers are divided as float32, as in Keras (true_divide).
Value divide(const Value& a, const Value& b);
Value negative(const Value& x);

}  // namespace antler::ops

namespace antler {

inline Value operator+(const Value& a, const Value& b) { return ops::add(a, b); }
inline Value operator-(const Value& a, const Value& b) { return ops::subtract(a, b); }
inline Value operator*(const Value& a, const Value& b) { return ops::multiply(a, b); }
inline Value operator/(const Value& a, const Value& b) { return ops::divide(a, b); }
inline Value operator-(const Value& x) { return ops::negative(x); }

}  // namespace antler
