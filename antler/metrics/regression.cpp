#include "antler/metrics/regression.h"

#include "antler/losses/labels.h"
#include "antler/losses/mean_absolute_error.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/roots.h"

namespace antler::metrics {
namespace {

class MeanSquaredErrorMetric final : public MetricWithOptions<SampleMean, MeanSquaredErrorOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "MeanSquaredError"; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return losses::mean_squared_error(y_true, y_pred);
  }
};

class MeanAbsoluteErrorMetric final
    : public MetricWithOptions<SampleMean, MeanAbsoluteErrorOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "MeanAbsoluteError"; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return losses::mean_absolute_error(y_true, y_pred);
  }
};

class RootMeanSquaredErrorMetric final
    : public MetricWithOptions<SampleMean, RootMeanSquaredErrorOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "RootMeanSquaredError"; }
  std::string_view direction() const override { return "down"; }
  Value result(const Updates& updates) const override {
    return ops::sqrt(SampleMean::result(updates));
  }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [labels, predictions] = losses::matched(y_true, y_pred, losses::kOneTargetEach);
    const Value error = predictions - labels;
    return error * error;
  }
};

}  // namespace

MeanSquaredError::MeanSquaredError(const MeanSquaredErrorOptions& options)
    : Metric(make_metric<MeanSquaredErrorMetric>(options)) {}

MeanAbsoluteError::MeanAbsoluteError(const MeanAbsoluteErrorOptions& options)
    : Metric(make_metric<MeanAbsoluteErrorMetric>(options)) {}

RootMeanSquaredError::RootMeanSquaredError(const RootMeanSquaredErrorOptions& options)
    : Metric(make_metric<RootMeanSquaredErrorMetric>(options)) {}

}  // namespace antler::metrics
