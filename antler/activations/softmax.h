#pragma once

#include "antler/graph/value.h"

namespace antler::activations {

/// e^x_i / sum_j e^x_j along an axis.  Source  keras.activations.softmax.
Value softmax(const Value& x, int axis = -1);
/// log softmax(x), without overflow.  Source  keras.activations.log_softmax.
Value log_softmax(const Value& x, int axis = -1);

}  // namespace antler::activations
