#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

// Elementwise with broadcasting; the result is bool, and no gradient flows through it. A NaN is
// unequal to all.
/// a = b.  Source  keras.ops.equal.
struct Equal : detail::Comparison<Equal> {
  static constexpr std::string_view name = "equal";
  bool operator==(const Equal&) const = default;
};

/// a != b.  Source  keras.ops.not_equal.
struct NotEqual : detail::Comparison<NotEqual> {
  static constexpr std::string_view name = "not_equal";
  bool operator==(const NotEqual&) const = default;
};

/// a < b.  Source  keras.ops.less.
struct Less : detail::Comparison<Less> {
  static constexpr std::string_view name = "less";
  bool operator==(const Less&) const = default;
};

/// a <= b.  Source  keras.ops.less_equal.
struct LessEqual : detail::Comparison<LessEqual> {
  static constexpr std::string_view name = "less_equal";
  bool operator==(const LessEqual&) const = default;
};

/// a > b.  Source  keras.ops.greater.
struct Greater : detail::Comparison<Greater> {
  static constexpr std::string_view name = "greater";
  bool operator==(const Greater&) const = default;
};

/// a >= b.  Source  keras.ops.greater_equal.
struct GreaterEqual : detail::Comparison<GreaterEqual> {
  static constexpr std::string_view name = "greater_equal";
  bool operator==(const GreaterEqual&) const = default;
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
