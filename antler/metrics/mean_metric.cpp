#include "antler/metrics/mean_metric.h"

#include <tuple>
#include <utility>
#include <vector>

#include "antler/core/callable.h"
#include "antler/core/error.h"
#include "antler/losses/weighting.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/size_of.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"

namespace antler {
namespace metrics {
namespace {

// `x` reduced over axes [first, last).
Value reduced(const Value& x, int first, int last, SampleReduction reduction) {
  std::vector<int> axes;
  for (int axis = first; axis < last; ++axis) axes.push_back(axis);
  if (axes.empty()) return x;
  return reduction == SampleReduction::sum ? ops::sum(x, {.axis = axes})
                                           : ops::mean(x, {.axis = axes});
}

}  // namespace

SampleValues samplewise(const Value& values, const Value& sample_weight, const Value& mask,
                        SampleReduction reduction) {
  Value v = ops::cast(values, DType::float32);
  Value weight;
  if (sample_weight) {
    std::tie(v, weight) = losses::squeeze_or_expand_to_same_rank(
        v, losses::apply_mask(sample_weight, mask, DType::float32, Reduction::sum));
    const int weight_rank = weight.rank();
    v = reduced(v, weight_rank, v.rank(), reduction);
    weight = ops::broadcast_to(weight, v.shape());
    v = v * weight;
    weight = reduced(weight, 1, weight_rank, reduction);
  }
  return {reduced(v, 1, v.rank(), reduction), weight};
}

MeanBase::MeanBase(std::string name)
    : MetricBase(std::move(name)),
      total_(add_variable({}, "total")),
      count_(add_variable({}, "count")) {}

void MeanBase::update_mean(const Value& values, const Value& sample_weight, Updates& updates,
                           const Value& mask) const {
  const auto [v, weight] = samplewise(values, sample_weight, mask, SampleReduction::mean);
  Value samples = 1.0;
  if (weight) {
    samples = ops::sum(weight);
  } else if (v.rank() > 0) {
    samples = ops::size_of(v, {0});
  }
  updates.assign(total_, updates.value(total_) + ops::sum(v));
  updates.assign(count_, updates.value(count_) + samples);
}

Value MeanBase::result(const Updates& updates) const {
  return losses::divide_no_nan(updates.value(total_), updates.value(count_));
}

void SampleMean::update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                              Updates& updates) const {
  with_error_prefix(error_prefix(), [&] {
    update_mean(values(y_true, y_pred), sample_weight, updates, mask(y_true, y_pred));
  });
}

Value SampleMean::mask(const Value&, const Value&) const { return Value(); }

namespace {

class FunctionMetric final : public SampleMean {
 public:
  using Function = Callable<Value(const Value&, const Value&)>;

  FunctionMetric(Function function, std::string name)
      : SampleMean(std::move(name)), function_(std::move(function)) {}
  std::string_view class_name() const override { return "MeanMetricWrapper"; }

 private:
  Value values(const Value& y_true, const Value& y_pred) const override {
    return function_(y_true, y_pred);
  }

  Function function_;
};

}  // namespace
}  // namespace metrics

Metric make_mean_metric(Callable<Value(const Value&, const Value&)> function, std::string name) {
  return make_metric<metrics::FunctionMetric>(std::move(function), std::move(name));
}

}  // namespace antler
