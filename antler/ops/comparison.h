#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

// Elementwise with broadcasting; the result is bool, and no gradient flows through it. A NaN is
// unequal to all.
//
// Shapes  any two that broadcast.  Types  any, brought to one as in arithmetic.h -> bool.
// Errors  ShapeError; TypeError when an op itself gets operands of two types.

/// a = b.  Source  keras.ops.equal.
struct Equal : detail::Comparison<Equal> {
  static constexpr std::string_view name = "equal";
};

/// a != b.  Source  keras.ops.not_equal.
struct NotEqual : detail::Comparison<NotEqual> {
  static constexpr std::string_view name = "not_equal";
};

/// a < b.  Source  keras.ops.less.
struct Less : detail::Comparison<Less> {
  static constexpr std::string_view name = "less";
};

/// a <= b.  Source  keras.ops.less_equal.
struct LessEqual : detail::Comparison<LessEqual> {
  static constexpr std::string_view name = "less_equal";
};

/// a > b.  Source  keras.ops.greater.
struct Greater : detail::Comparison<Greater> {
  static constexpr std::string_view name = "greater";
};

/// a >= b.  Source  keras.ops.greater_equal.
struct GreaterEqual : detail::Comparison<GreaterEqual> {
  static constexpr std::string_view name = "greater_equal";
};

Value equal(const Value& a, const Value& b);
Value not_equal(const Value& a, const Value& b);
Value less(const Value& a, const Value& b);
Value less_equal(const Value& a, const Value& b);
Value greater(const Value& a, const Value& b);
Value greater_equal(const Value& a, const Value& b);

}  // namespace antler::ops

namespace antler {

inline Value operator<(const Value& a, const Value& b) { return ops::less(a, b); }
inline Value operator<=(const Value& a, const Value& b) { return ops::less_equal(a, b); }
inline Value operator>(const Value& a, const Value& b) { return ops::greater(a, b); }
inline Value operator>=(const Value& a, const Value& b) { return ops::greater_equal(a, b); }

}  // namespace antler
