#pragma once

#include "antler/graph/value.h"
#include "antler/ops/axes.h"

namespace antler {

/// keras.config.epsilon(), what keras.ops.normalize takes by default.
inline constexpr double kUnitEpsilon = 1e-7;

/// x of length 1 along `axes`: x rsqrt(max(sum x^2, epsilon^2)).  Source  keras.ops.normalize.
Value unit_length(const Value& x, const ops::Axes& axes, double epsilon);

}  // namespace antler
