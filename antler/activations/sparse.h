#pragma once

#include "antler/graph/value.h"

// Activations that are exactly 0 where others come close to it.
//
// Shapes  any, which is kept.  Types  floats; integers and bools are taken as float32.

namespace antler::activations {

/// 0 up to -1, x from 1 on, (x + 1)^2 / 4 between.  Source  keras.activations.sparse_plus.
Value sparse_plus(const Value& x);
/// (x + 1) / 2, cut to [0, 1]; the derivative at both ends is 1 / 4.
///
/// Source  keras.activations.sparse_sigmoid.
Value sparse_sigmoid(const Value& x);
/// max(x - tau, 0) along an axis. As in Keras tau is (sum of the running sums of the k greatest
/// elements - 1) / k, with the k whose elements x_(i) in descending order have i x_(i) + 1 > their
/// running sum; the paper has the last running sum alone, so that the result sums to 1.
///
/// Errors  ShapeError for an axis out of range.
/// Source  keras.activations.sparsemax; Martins and Astudillo (2016), arXiv:1602.02068.
Value sparsemax(const Value& x, int axis = -1);

}  // namespace antler::activations
