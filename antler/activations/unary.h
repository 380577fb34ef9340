#pragma once

#include "antler/graph/value.h"

// Activations that are one op.
//
// Shapes  any, which is kept.
// Types   floats; integers and bools are taken as float32, but by linear, which keeps them.

namespace antler::activations {

/// x itself.  Source  keras.activations.linear.
Value linear(const Value& x);
/// 1 / (1 + e^-x).  Source  keras.activations.sigmoid.
Value sigmoid(const Value& x);
/// The hyperbolic tangent.  Source  keras.activations.tanh.
Value tanh(const Value& x);
/// log(1 + e^x).  Source  keras.activations.softplus.
Value softplus(const Value& x);
/// e^x.  Source  keras.activations.exponential.
Value exponential(const Value& x);

}  // namespace antler::activations
