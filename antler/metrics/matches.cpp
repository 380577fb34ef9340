#include "antler/metrics/matches.h"

#include "antler/core/error.h"
#include "antler/losses/weighting.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"

namespace antler::metrics {

LabelsAndScores same_shape(const Value& y_true, const Value& y_pred) {
  const auto [labels, scores] = losses::squeeze_or_expand_to_same_rank(y_true, y_pred);
  if (!labels.shape().is_compatible(scores.shape())) {
    throw ShapeError("expected y_true of the shape of y_pred " + y_pred.shape().to_string() +
                     ", got " + y_true.shape().to_string() +
                     "; class numbers go with the Sparse metrics");
  }
  return {labels, scores};
}

Value class_numbers(const Value& y_true, const Value& y_pred) {
  if (y_pred.rank() < 1) throw ShapeError("expected y_pred (..., classes), got ()");
  Value classes = y_true;
  if (classes.rank() == y_pred.rank() && classes.shape().back() == 1) {
    classes = ops::squeeze(classes, -1);
  }
  const Shape rows = y_pred.shape().erased(-1);
  if (!classes.shape().is_compatible(rows)) {
    throw ShapeError("expected y_true " + rows.to_string() + ", a class number for each row of " +
                     "y_pred " + y_pred.shape().to_string() + ", got " +
                     y_true.shape().to_string() +
                     "; one-hot labels go with the metrics without Sparse");
  }
  return classes;
}

Value as_integers(const Value& x) {
  return x.dtype() == DType::int64 ? x : ops::cast(x, DType::int32);
}

Value matches(const Value& a, const Value& b) {
  return ops::cast(ops::equal(a, b), DType::float32);
}

}  // namespace antler::metrics
