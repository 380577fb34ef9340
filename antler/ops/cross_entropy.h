#pragma once

#include "antler/graph/value.h"

// Cross-entropies of logits, in the form that neither overflows nor loses digits; Keras' losses
// with from_logits. Each is a composite, and so is its gradient: a backend may run either as one
// kernel.
//
//   composite                              inputs                        outputs
//   sparse_softmax_cross_entropy           logits, labels                loss, probabilities
//   sparse_softmax_cross_entropy_gradient  probabilities, labels, g      (p - onehot(label)) g
//   softmax_cross_entropy                  logits, targets               loss, probabilities
//   softmax_cross_entropy_gradient         probabilities, targets, g     (p sum(t) - t) g
//   sigmoid_cross_entropy                  logits, targets               loss
//   sigmoid_cross_entropy_gradient         logits, targets, g            (sigmoid(x) - t) g
namespace antler::ops {

/// -log softmax(logits)[label], for each row.
///
/// Shapes  logits (..., classes), labels (...) or (..., 1) -> (...).
/// Types   logits float; labels of an integer type, floats are truncated to int32.
/// Errors  ShapeError; a label that is not in [0, classes) fails the run.
/// Source  keras.ops.sparse_categorical_crossentropy(from_logits=True).
Value sparse_softmax_cross_entropy(const Value& logits, const Value& labels);

/// -sum_c targets[c] log softmax(logits)[c], for each row.
///
/// Shapes  logits (..., classes), targets the same -> (...).
/// Types   float32, float64; integers are taken as float32, targets as what the logits are.
/// Errors  ShapeError.  Source  keras.ops.categorical_crossentropy(from_logits=True).
Value softmax_cross_entropy(const Value& logits, const Value& targets);

/// -t log sigmoid(x) - (1 - t) log(1 - sigmoid(x)) = max(x, 0) - x t + log(1 + exp(-|x|)), for each
/// element.
///
/// Shapes  logits and targets the same, which the result keeps.
/// Types   as softmax_cross_entropy.  Errors  ShapeError.
/// Source  keras.ops.binary_crossentropy(from_logits=True).
Value sigmoid_cross_entropy(const Value& logits, const Value& targets);

}  // namespace antler::ops
