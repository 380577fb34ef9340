#pragma once

#include "antler/graph/value.h"

namespace antler::ops {

/// x scale where `drawn`, uniform in [0, 1), is at least `rate`, else 0; with scale
/// 1 / (1 - rate), at rate 1 all is 0.
///
/// Numbers that a Random op draws for each element of a float32 x are not kept: one kernel draws
/// and applies them, forward and anew backward.
/// Shapes  drawn broadcasts to x.  Source  keras.random.dropout; Srivastava et al. (2014).
Value dropout(const Value& x, const Value& drawn, double rate);

}  // namespace antler::ops
