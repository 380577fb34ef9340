#include "antler/metrics/mean_of_loss.h"

#include "antler/metrics/mean_metric.h"
#include "antler/ops/operands.h"

namespace antler::metrics {
namespace {

using LossFunction = Value (*)(const Value&, const Value&);

class MeanOfLoss final : public MetricWithOptions<SampleMean, MetricOptions> {
 public:
  MeanOfLoss(std::string_view class_name, LossFunction loss, const MetricOptions& options)
      : MetricWithOptions(named(options, class_name)), class_name_(class_name), loss_(loss) {}
  std::string_view class_name() const override { return class_name_; }
  std::string_view direction() const override { return "down"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return loss_(y_true, ops::detail::as_floating(y_pred));
  }

  std::string_view class_name_;
  LossFunction loss_;
};

}  // namespace

Metric mean_of_loss(std::string_view class_name, LossFunction loss, const MetricOptions& options) {
  return make_metric<MeanOfLoss>(class_name, loss, options);
}

}  // namespace antler::metrics
