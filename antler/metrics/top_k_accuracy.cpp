#include "antler/metrics/top_k_accuracy.h"

#include <cmath>
#include <string>

#include "antler/core/error.h"
#include "antler/metrics/matches.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arg_extrema.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/finite.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/operands.h"
#include "antler/ops/slice.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::metrics {
namespace {

// Whether fewer than k scores are above that of the class, as keras.ops.in_top_k: a NaN is below
// all. A class that does not exist is looked up at 0.
Value in_top_k(const Value& classes, const Value& y_pred, std::int64_t k) {
  const Value scores = ops::detail::as_floating(y_pred);
  const Value exists = ops::logical_and(classes >= 0, classes < scores.shape().back());
  const Value index = ops::expand_dims(ops::where(exists, classes, 0), -1);
  const Value found = ops::take_along_axis(scores, index, -1);
  const Value own = ops::where(ops::isnan(found), -INFINITY, found);
  const Value above = ops::sum(ops::cast(scores > own, DType::int32), {.axis = -1});
  return ops::cast(ops::logical_and(exists, above < k), DType::float32);
}

// No class is among the first 0.
void require_k(const std::string& what, std::int64_t k) {
  if (k >= 1) return;
  throw ValueError(what + ": expected k of at least 1, got " + std::to_string(k));
}

Value among_first(const Value& classes, const Value& ids, std::int64_t k) {
  const Value first = ops::slice_axis(ids, -1, 0, k);
  const Value found = ops::equal(ops::expand_dims(classes, -1), first);
  return ops::cast(ops::any(found, {.axis = -1}), DType::float32);
}

class TopKCategoricalAccuracyMetric final
    : public MetricWithOptions<SampleMean, TopKCategoricalAccuracyOptions> {
 public:
  explicit TopKCategoricalAccuracyMetric(const TopKCategoricalAccuracyOptions& options)
      : MetricWithOptions(options) {
    require_k(title(), options.k);
  }
  std::string_view class_name() const override { return "TopKCategoricalAccuracy"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [a, b] = same_shape(y_true, y_pred);
    return in_top_k(ops::argmax(a, {.axis = -1}), b, options().k);
  }
};

class SparseTopKCategoricalAccuracyMetric final
    : public MetricWithOptions<SampleMean, SparseTopKCategoricalAccuracyOptions> {
 public:
  explicit SparseTopKCategoricalAccuracyMetric(const SparseTopKCategoricalAccuracyOptions& options)
      : MetricWithOptions(options) {
    require_k(title(), options.k);
  }
  std::string_view class_name() const override { return "SparseTopKCategoricalAccuracy"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const Value classes = class_numbers(y_true, y_pred);
    return options().from_sorted_ids ? among_first(classes, y_pred, options().k)
                                     : in_top_k(as_integers(classes), y_pred, options().k);
  }
};

}  // namespace

TopKCategoricalAccuracy::TopKCategoricalAccuracy(const TopKCategoricalAccuracyOptions& options)
    : Metric(make_metric<TopKCategoricalAccuracyMetric>(options)) {}

SparseTopKCategoricalAccuracy::SparseTopKCategoricalAccuracy(
    const SparseTopKCategoricalAccuracyOptions& options)
    : Metric(make_metric<SparseTopKCategoricalAccuracyMetric>(options)) {}

}  // namespace antler::metrics
