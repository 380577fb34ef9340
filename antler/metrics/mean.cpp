#include "antler/metrics/mean.h"

#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"

namespace antler::metrics {
namespace {

// For metrics of values y_pred stands for the weights, as the second argument does in Keras.
class MeanMetric final : public MetricWithOptions<MeanBase, MeanOptions> {
 public:
  using MetricWithOptions::MetricWithOptions;
  std::string_view class_name() const override { return "Mean"; }
  void update_state(const Value& values, const Value& sample_weight, const Value&,
                    Updates& updates) const override {
    update_mean(values, sample_weight, updates);
  }
};

class SumMetric final : public MetricWithOptions<MetricBase, SumOptions> {
 public:
  explicit SumMetric(const SumOptions& options)
      : MetricWithOptions(options), total_(add_variable({}, "total")) {}
  std::string_view class_name() const override { return "Sum"; }
  void update_state(const Value& values, const Value& sample_weight, const Value&,
                    Updates& updates) const override {
    const Value v = samplewise(values, sample_weight, Value(), SampleReduction::sum).values;
    updates.assign(total_, updates.value(total_) + ops::sum(v));
  }
  Value result(const Updates& updates) const override { return updates.value(total_); }

 private:
  Variable total_;
};

}  // namespace

Mean::Mean(const MeanOptions& options) : Metric(make_metric<MeanMetric>(options)) {}
void Mean::update_state(const Tensor& values, const Tensor& sample_weight) {
  Metric::update_state(values, sample_weight);
}

Sum::Sum(const SumOptions& options) : Metric(make_metric<SumMetric>(options)) {}
void Sum::update_state(const Tensor& values, const Tensor& sample_weight) {
  Metric::update_state(values, sample_weight);
}

}  // namespace antler::metrics
