#pragma once

#include "antler/graph/value.h"

namespace antler::activations {

/// x * P(N <= x) of a standard normal N: x (1 + erf(x / sqrt 2)) / 2; `approximate`:
/// x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2.
///
/// Shapes  any, which is kept.  Types  floats; integers and bools are taken as float32.
/// Source  keras.activations.gelu; Hendrycks and Gimpel (2016), arXiv:1606.08415.
Value gelu(const Value& x, bool approximate = false);

}  // namespace antler::activations
