#include "antler/metrics/accuracy.h"

#include "antler/metrics/matches.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arg_extrema.h"
#include "antler/ops/comparison.h"
#include "antler/ops/operands.h"

namespace antler::metrics {
namespace {

class AccuracyMetric final : public MetricWithOptions<SampleMean, AccuracyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "Accuracy"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [a, b] = same_shape(y_true, y_pred);
    return matches(a, b);
  }
};

class BinaryAccuracyMetric final : public MetricWithOptions<SampleMean, BinaryAccuracyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "BinaryAccuracy"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [a, b] = same_shape(y_true, ops::detail::as_floating(y_pred));
    return matches(a, b > ops::detail::number_like(b, options().threshold));
  }
};

class CategoricalAccuracyMetric final
    : public MetricWithOptions<SampleMean, CategoricalAccuracyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "CategoricalAccuracy"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [a, b] = same_shape(y_true, y_pred);
    return matches(ops::argmax(a, {.axis = -1}), ops::argmax(b, {.axis = -1}));
  }
};

class SparseCategoricalAccuracyMetric final
    : public MetricWithOptions<SampleMean, SparseCategoricalAccuracyOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "SparseCategoricalAccuracy"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return matches(class_numbers(y_true, y_pred), ops::argmax(y_pred, {.axis = -1}));
  }
};

}  // namespace

Accuracy::Accuracy(const AccuracyOptions& options) : Metric(make_metric<AccuracyMetric>(options)) {}

BinaryAccuracy::BinaryAccuracy(const BinaryAccuracyOptions& options)
    : Metric(make_metric<BinaryAccuracyMetric>(options)) {}

CategoricalAccuracy::CategoricalAccuracy(const CategoricalAccuracyOptions& options)
    : Metric(make_metric<CategoricalAccuracyMetric>(options)) {}

SparseCategoricalAccuracy::SparseCategoricalAccuracy(
    const SparseCategoricalAccuracyOptions& options)
    : Metric(make_metric<SparseCategoricalAccuracyMetric>(options)) {}

}  // namespace antler::metrics
