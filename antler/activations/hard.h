#pragma once

#include "antler/graph/value.h"

// Activations made of straight pieces.
//
// Shapes  any, which is kept.  Types  floats; integers and bools are taken as float32.

namespace antler::activations {

/// relu6(x + 3) / 6.  Source  keras.activations.hard_sigmoid.
Value hard_sigmoid(const Value& x);
/// x hard_sigmoid(x), also called hard_swish.
///
/// Source  keras.activations.hard_silu; Howard et al. (2019), arXiv:1905.02244.
Value hard_silu(const Value& x);
/// x, cut to [-1, 1]; the derivative at both ends is 1.  Source  keras.activations.hard_tanh.
Value hard_tanh(const Value& x);
/// x where |x| > threshold, else 0.  Source  keras.activations.hard_shrink.
Value hard_shrink(const Value& x, double threshold = 0.5);
/// x, moved by `threshold` towards 0; 0 where |x| <= threshold.
///
/// Source  keras.activations.soft_shrink.
Value soft_shrink(const Value& x, double threshold = 0.5);
/// x where x > threshold, else default_value.  Source  keras.activations.threshold.
Value threshold(const Value& x, double threshold, double default_value);

}  // namespace antler::activations
