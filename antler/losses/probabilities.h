#pragma once

#include "antler/graph/value.h"

// Cross-entropies take probabilities as Keras on JAX does, unless their logits can be found.
namespace antler::losses {

/// p kept within [1e-7, 1 - 1e-7] of its type.
Value clipped(const Value& p);
/// p / sum p over an axis, clipped.
Value normalized(const Value& p, int axis);

/// z when p = softmax(z) over `axis`, seen through reshapes that leave the classes alone; else
/// empty.
Value softmax_logits(const Value& p, int axis);
/// z, in the shape of p, when p = sigmoid(z), seen through reshapes; else empty.
Value sigmoid_logits(const Value& p);

}  // namespace antler::losses
