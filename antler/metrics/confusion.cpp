#include "antler/metrics/confusion.h"

#include <cmath>
#include <string>

#include "antler/core/error.h"
#include "antler/losses/weighting.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/rounding.h"
#include "antler/ops/slice.h"
#include "antler/ops/sort.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::metrics {
namespace {

struct Batch {
  Value y_true;  // 0 or 1
  Value y_pred;
  Value weight;  // of the shape of y_pred, or empty
};

// Weights of fewer axes than the labels get one of size 1 at the end.
Value weight_like_labels(const Value& sample_weight, int rank) {
  const Value weight = ops::cast(sample_weight, DType::float32);
  return weight.rank() < rank ? ops::expand_dims(weight, -1) : weight;
}

Value only_top_k(const Value& y_pred, std::int64_t k) {
  const Value indices = ops::top_k(y_pred, k).indices;
  const Value hot = ops::one_hot(indices, y_pred.shape().back());
  return ops::where(ops::max(hot, {.axis = -2}) > 0, y_pred, kBelowAll);
}

Value column(const Value& x, std::int64_t class_id) {
  const std::int64_t classes = x.shape().back();
  const std::int64_t index = class_id < 0 ? class_id + classes : class_id;
  if (index < 0 || index >= classes) {
    throw ShapeError("expected a class_id in [0, " + std::to_string(classes) + "), got " +
                     std::to_string(class_id));
  }
  return ops::slice_axis(x, -1, index, index + 1);
}

void require_classes(const Value& y_pred, const char* argument) {
  if (y_pred.rank() >= 2) return;
  throw ShapeError(std::string("expected y_pred (batch, classes) beside ") + argument + ", got " +
                   y_pred.shape().to_string());
}

Value broadcast_weight(const Value& weight, const Shape& shape, const char* what) {
  try {
    return ops::broadcast_to(weight, shape);
  } catch (const ShapeError&) {
    throw ShapeError(std::string("expected ") + what + " that broadcasts to y_pred " +
                     shape.to_string() + ", got " + weight.shape().to_string());
  }
}

Batch prepared(const Value& labels, const Value& predictions, const Value& sample_weight,
               const ConfusionOptions& options) {
  auto [y_pred, y_true] = losses::squeeze_or_expand_to_same_rank(
      ops::cast(predictions, DType::float32), ops::cast(labels, DType::boolean));
  if (!y_true.shape().is_compatible(y_pred.shape())) {
    throw ShapeError("expected y_true of the shape of y_pred " + predictions.shape().to_string() +
                     ", got " + labels.shape().to_string() +
                     "; beside several classes labels are one-hot");
  }
  Value weight;
  if (sample_weight) weight = weight_like_labels(sample_weight, y_true.rank());
  if (options.top_k) {
    require_classes(y_pred, "top_k");
    y_pred = only_top_k(y_pred, *options.top_k);
  }
  if (options.class_id) {
    require_classes(y_pred, "class_id");
    y_true = column(y_true, *options.class_id);
    y_pred = column(y_pred, *options.class_id);
  }
  if (weight) weight = broadcast_weight(weight, y_pred.shape(), "sample_weight");
  if (!options.label_weights.empty()) {
    const Value of_labels =
        broadcast_weight(constant(options.label_weights), y_pred.shape(), "label_weights");
    weight = weight ? weight * of_labels : of_labels;
  }
  if (!options.multi_label) {
    y_true = ops::ravel(y_true);
    y_pred = ops::ravel(y_pred);
    if (weight) weight = ops::ravel(weight);
  }
  return {y_true, y_pred, weight};
}

// Bucket b holds the predictions above the thresholds 0 ... b - 1; so threshold t is exceeded by
// those in the buckets from t + 1 on.
ConfusionCounts count_in_buckets(const Batch& batch, const ConfusionOptions& options) {
  const auto count = static_cast<std::int64_t>(options.thresholds.size());
  Value bucket = ops::ceil(ops::clip(batch.y_pred, 0, 1) * static_cast<double>(count - 1));
  bucket = ops::cast(bucket, DType::int32);
  if (options.thresholds.front() < 0) bucket = ops::maximum(bucket, 1);
  const Value truth = ops::cast(batch.y_true, DType::float32);
  const Value trues = batch.weight ? truth * batch.weight : truth;
  const Value falses = batch.weight ? (1.0 - truth) * batch.weight : 1.0 - truth;
  const auto above = [&](const Value& weights) {
    const Value sums = apply(ops::ScatterAlong{.axis = 0, .size = count + 1}, {bucket, weights});
    return ops::slice_axis(apply(ops::Cumsum{.axis = 0, .reverse = true}, {sums}), 0, 1);
  };
  const Value tp = above(trues), fp = above(falses);
  return {tp, fp, ops::sum(falses, {.axis = 0}) - fp, ops::sum(trues, {.axis = 0}) - tp};
}

ConfusionCounts count_by_comparing(const Batch& batch, const ConfusionOptions& options) {
  Value thresholds = ops::expand_dims(constant(options.thresholds), -1);
  if (options.multi_label) thresholds = ops::expand_dims(thresholds, -1);
  const Value positive = ops::expand_dims(batch.y_pred, 0) > thresholds;
  const Value negative = ops::logical_not(positive);
  const Value is_true = ops::expand_dims(batch.y_true, 0);
  const Value is_false = ops::logical_not(is_true);
  const Value weight = batch.weight ? ops::expand_dims(batch.weight, 0) : Value(1.0f);
  const auto weighted = [&](const Value& a, const Value& b) {
    return ops::sum(ops::where(ops::logical_and(a, b), weight, 0.0f), {.axis = 1});
  };
  return {weighted(is_true, positive), weighted(is_false, positive), weighted(is_false, negative),
          weighted(is_true, negative)};
}

}  // namespace

ConfusionCounts count_confusions(const Value& y_true, const Value& y_pred,
                                 const Value& sample_weight, const ConfusionOptions& options) {
  const Batch batch = prepared(y_true, y_pred, sample_weight, options);
  return options.is_even ? count_in_buckets(batch, options) : count_by_comparing(batch, options);
}

Value constant(const std::vector<double>& numbers) {
  return Tensor::from(numbers).astype(DType::float32);
}

bool are_even(const std::vector<double>& thresholds) {
  if (thresholds.size() < 3) return false;
  for (std::size_t i = 0; i < thresholds.size(); ++i) {
    const double even = static_cast<double>(i) / static_cast<double>(thresholds.size() - 1);
    if (!(std::abs(thresholds[i] - even) <= 1e-7 + 1e-5 * even)) return false;
  }
  return true;
}

std::vector<double> checked_thresholds(const NumbersArg& thresholds, double by_default) {
  if (!thresholds.is_given()) return {by_default};
  if (thresholds.numbers().empty()) throw ValueError("expected at least one threshold, got none");
  for (const double threshold : thresholds.numbers()) {
    if (threshold >= 0 && threshold <= 1) continue;
    throw ValueError("expected thresholds in [0, 1], got " + Config(threshold).to_string());
  }
  return thresholds.numbers();
}

}  // namespace antler::metrics
