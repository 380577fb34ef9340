#pragma once

#include "antler/graph/value.h"

// Shapes  any, which is kept.  Types  floats; integers and bools are taken as float32.
// Errors  ShapeError for an axis out of range.

namespace antler::activations {

/// e^x_i / sum_j e^x_j along an axis; see ops::softmax.  Source  keras.activations.softmax.
Value softmax(const Value& x, int axis = -1);
/// log softmax(x), without overflow.  Source  keras.activations.log_softmax.
Value log_softmax(const Value& x, int axis = -1);

}  // namespace antler::activations
