#pragma once

#include "antler/graph/value.h"

// Smooth activations that are short formulas.
//
// Shapes  any, which is kept but by glu.  Types  floats; integers and bools are taken as float32.

namespace antler::activations {

/// log sigmoid(x) = -softplus(-x).  Source  keras.activations.log_sigmoid.
Value log_sigmoid(const Value& x);
/// x / (1 + |x|).  Source  keras.activations.softsign.
Value softsign(const Value& x);
/// (x + sqrt(x^2 + b)) / 2.
///
/// Source  keras.activations.squareplus; Barron (2021), arXiv:2112.11687.
Value squareplus(const Value& x, double b = 4);
/// x tanh(softplus(x)).  Source  keras.activations.mish; Misra (2019), arXiv:1908.08681.
Value mish(const Value& x);
/// x - tanh(x).  Source  keras.activations.tanh_shrink.
Value tanh_shrink(const Value& x);
/// a sigmoid(b), where a and b are the halves of x along an axis.
///
/// Shapes  (..., 2 n, ...) -> (..., n, ...).
/// Errors  ShapeError for an axis out of range or of odd size.
/// Source  keras.activations.glu; Dauphin et al. (2016), arXiv:1612.08083.
Value glu(const Value& x, int axis = -1);

}  // namespace antler::activations
