#pragma once

#include "antler/graph/value.h"

// Shapes  any, which is kept.  Types  floats; integers and bools are taken as float32.

namespace antler::activations {

/// x where x > 0, else alpha * (e^x - 1); the derivative at 0 is alpha.
///
/// Source  keras.activations.elu; Clevert et al. (2016), arXiv:1511.07289.
Value elu(const Value& x, double alpha = 1);

/// 1.0507009873554805 * elu(x, 1.6732632423543772): keeps mean 0 and variance 1 from layer to layer
/// with LecunNormal weights.
///
/// Source  keras.activations.selu; Klambauer et al. (2017), arXiv:1706.02515.
Value selu(const Value& x);

/// max(x, 0) + alpha (e^(min(x, 0) / alpha) - 1); the derivative at 0 is 1.
///
/// Errors  ValueError for an alpha of 0.
/// Source  keras.activations.celu; Barron (2017), arXiv:1704.07483.
Value celu(const Value& x, double alpha = 1);

}  // namespace antler::activations
