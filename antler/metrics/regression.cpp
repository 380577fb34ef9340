#include "antler/metrics/regression.h"

#include "antler/losses/cosine_similarity.h"
#include "antler/losses/labels.h"
#include "antler/losses/mean_absolute_error.h"
#include "antler/losses/mean_squared_error.h"
#include "antler/losses/regression.h"
#include "antler/metrics/mean_metric.h"
#include "antler/metrics/mean_of_loss.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
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

class CosineSimilarityMetric final : public MetricWithOptions<SampleMean, CosineSimilarityOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "CosineSimilarity"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return -losses::cosine_similarity(y_true, ops::detail::as_floating(y_pred), options().axis);
  }
};

class LogCoshErrorMetric final : public MetricWithOptions<SampleMean, LogCoshErrorOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "LogCoshError"; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return losses::log_cosh(y_true, ops::detail::as_floating(y_pred));
  }
};

}  // namespace

MeanSquaredError::MeanSquaredError(const MeanSquaredErrorOptions& options)
    : Metric(make_metric<MeanSquaredErrorMetric>(options)) {}

MeanAbsoluteError::MeanAbsoluteError(const MeanAbsoluteErrorOptions& options)
    : Metric(make_metric<MeanAbsoluteErrorMetric>(options)) {}

RootMeanSquaredError::RootMeanSquaredError(const RootMeanSquaredErrorOptions& options)
    : Metric(make_metric<RootMeanSquaredErrorMetric>(options)) {}

MeanAbsolutePercentageError::MeanAbsolutePercentageError(const MetricOptions& options)
    : Metric(mean_of_loss("MeanAbsolutePercentageError", losses::mean_absolute_percentage_error,
                          options)) {}

MeanSquaredLogarithmicError::MeanSquaredLogarithmicError(const MetricOptions& options)
    : Metric(mean_of_loss("MeanSquaredLogarithmicError", losses::mean_squared_logarithmic_error,
                          options)) {}

LogCoshError::LogCoshError(const LogCoshErrorOptions& options)
    : Metric(make_metric<LogCoshErrorMetric>(options)) {}

CosineSimilarity::CosineSimilarity(const CosineSimilarityOptions& options)
    : Metric(make_metric<CosineSimilarityMetric>(options)) {}

}  // namespace antler::metrics
