#pragma once

#include "antler/graph/value.h"

namespace antler::activations {

/// x * sigmoid(x), also called swish.
///
/// Shapes  any, which is kept.  Types  floats; integers and bools are taken as float32.
/// Source  keras.activations.silu; Ramachandran et al. (2017), arXiv:1710.05941.
Value silu(const Value& x);

}  // namespace antler::activations
