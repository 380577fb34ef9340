#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/operands.h"

namespace antler::ops {

/// Whether x is neither infinite nor NaN.  Types  floats -> bool.  Source  keras.ops.isfinite.
struct IsFinite : detail::Predicate<IsFinite> {
  static constexpr std::string_view name = "isfinite";
};

/// Whether x is NaN.  Types  floats -> bool.  Source  keras.ops.isnan.
struct IsNan : detail::Predicate<IsNan> {
  static constexpr std::string_view name = "isnan";
};

/// Integers and bools are taken as float32.
Value isfinite(const Value& x);
Value isnan(const Value& x);

}  // namespace antler::ops
