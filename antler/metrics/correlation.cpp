#include "antler/metrics/correlation.h"

#include "antler/losses/labels.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/operands.h"
#include "antler/ops/statistics.h"

namespace antler::metrics {
namespace {

losses::LabelsAndPredictions matched(const Value& y_true, const Value& y_pred) {
  return losses::matched(y_true, ops::detail::as_floating(y_pred), losses::kOneTargetEach);
}

// Keras centres before std and var, which centre again: the rounding is then the same.
class PearsonCorrelationMetric final
    : public MetricWithOptions<SampleMean, PearsonCorrelationOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "PearsonCorrelation"; }
  std::string_view direction() const override { return "up"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [y, p] = matched(y_true, y_pred);
    return ops::mean(standardized(y) * standardized(p), {.axis = options().axis});
  }
  Value standardized(const Value& x) const {
    const ops::ReduceOptions along{.axis = options().axis, .keepdims = true};
    const Value centred = x - ops::mean(x, along);
    return centred / ops::std(centred, along);
  }
};

class ConcordanceCorrelationMetric final
    : public MetricWithOptions<SampleMean, ConcordanceCorrelationOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "ConcordanceCorrelation"; }
  std::string_view direction() const override { return "up"; }

 private:
  // The mean of (y - mean p)(p - mean p) is the covariance, too.
  Value values(const Value& y_true, const Value& y_pred) const override {
    const auto [y, p] = matched(y_true, y_pred);
    const ops::ReduceOptions along{.axis = options().axis, .keepdims = true};
    const Value y_mean = ops::mean(y, along), p_mean = ops::mean(p, along);
    const Value spread = ops::var(y - y_mean, along) + ops::var(p - p_mean, along);
    const Value distance = y_mean - p_mean;
    const Value epsilon = ops::detail::number_like(p, 1e-7);
    return ops::mean((y - p_mean) * (p - p_mean) * 2.0 / (spread + distance * distance + epsilon),
                     {.axis = options().axis});
  }
};

}  // namespace

PearsonCorrelation::PearsonCorrelation(const PearsonCorrelationOptions& options)
    : Metric(make_metric<PearsonCorrelationMetric>(options)) {}

ConcordanceCorrelation::ConcordanceCorrelation(const ConcordanceCorrelationOptions& options)
    : Metric(make_metric<ConcordanceCorrelationMetric>(options)) {}

}  // namespace antler::metrics
