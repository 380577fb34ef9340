#pragma once

#include "antler/graph/value.h"

// What the accuracies share.
namespace antler::metrics {

struct LabelsAndScores {
  Value labels;
  Value scores;
};

/// Both of one rank and shape. Errors: ShapeError.
LabelsAndScores same_shape(const Value& y_true, const Value& y_pred);

/// y_true without a last axis of size 1, so that it has one class number for each row of y_pred.
/// Errors: ShapeError.
Value class_numbers(const Value& y_true, const Value& y_pred);

/// int64 as it is, any other type as int32.
Value as_integers(const Value& x);

/// 1 where a equals b (in their common type), else 0, in float32.
Value matches(const Value& a, const Value& b);

}  // namespace antler::metrics
