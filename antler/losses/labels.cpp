#include "antler/losses/labels.h"

#include <string>

#include "antler/core/error.h"
#include "antler/losses/weighting.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"
#include "antler/ops/composite.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/operands.h"
#include "antler/ops/transpose.h"

namespace antler::losses {

LabelsAndPredictions matched(const Value& y_true, const Value& y_pred, std::string_view hint) {
  const auto [labels, predictions] =
      squeeze_or_expand_to_same_rank(y_true, ops::detail::as_floating(y_pred));
  if (!labels.shape().is_compatible(predictions.shape())) {
    throw ShapeError("expected y_true of the shape of y_pred " + y_pred.shape().to_string() +
                     ", got " + y_true.shape().to_string() + "; " + std::string(hint));
  }
  return {ops::cast(labels, predictions.dtype()), predictions};
}

LabelsAndPredictions matched_classes(const Value& y_true, const Value& y_pred, int axis) {
  const auto [labels, predictions] =
      squeeze_or_expand_to_same_rank(y_true, ops::detail::as_floating(y_pred));
  const int class_axis = normalize_axis("axis", axis, predictions.rank());
  Value classes = labels;
  if (classes.rank() == predictions.rank() && classes.shape()[class_axis] == 1) {
    classes = ops::squeeze(classes, class_axis);
  }
  const Shape rows = predictions.shape().erased(class_axis);
  if (!classes.shape().is_compatible(rows)) {
    throw ShapeError("expected y_true " + rows.to_string() + ", a class number for each row of " +
                     "y_pred " + y_pred.shape().to_string() + ", got " +
                     y_true.shape().to_string() +
                     "; one-hot labels go with CategoricalCrossentropy");
  }
  if (classes.dtype() != DType::int64) classes = ops::cast(classes, DType::int32);
  return {classes, ops::moveaxis(predictions, class_axis, predictions.rank() - 1)};
}

Value checked_classes(const Value& classes, const Value& rows, std::string_view owner,
                      std::string_view function) {
  const std::string what(owner.empty() ? function : owner);
  return ops::when_shapes_known(
      "checked_classes", {classes, rows}, Config::map({{"owner", what}}),
      [what](std::span<const Value> v) {
        const Shape& shape = v[0].shape();
        return apply(ops::CheckIndex{.size = v[1].shape().back(),
                                     .row_size = shape.rank() > 1 ? shape.size(1, shape.rank()) : 1,
                                     .owner = what},
                     {v[0]});
      });
}

Value smoothed(const Value& y_true, double smoothing, double share) {
  if (smoothing == 0) return y_true;
  using ops::detail::number_like;
  return y_true * number_like(y_true, 1 - smoothing) + number_like(y_true, smoothing * share);
}

void require_smoothing(std::string_view what, double smoothing) {
  if (smoothing >= 0 && smoothing <= 1) return;
  throw ValueError(std::string(what) + ": expected label_smoothing in [0, 1], got " +
                   std::to_string(smoothing));
}

}  // namespace antler::losses
