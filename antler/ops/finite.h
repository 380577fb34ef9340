#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

// Elementwise tests. The functions take integers and bools as float32.
//
// Shapes  any, which the result keeps.  Types  floats -> bool.
// Errors  TypeError when the op itself gets other types.

namespace antler::ops {

/// Whether x is neither infinite nor NaN.  Source  keras.ops.isfinite.
struct IsFinite : detail::Predicate<IsFinite> {
  static constexpr std::string_view name = "isfinite";
};

/// Whether x is NaN.  Source  keras.ops.isnan.
struct IsNan : detail::Predicate<IsNan> {
  static constexpr std::string_view name = "isnan";
};

Value isfinite(const Value& x);
Value isnan(const Value& x);

}  // namespace antler::ops
