#include "antler/metrics/r2_score.h"

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/losses/weighting.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/finite.h"
#include "antler/ops/logical.h"
#include "antler/ops/size_of.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::metrics {
namespace {

struct Columns {
  Value y_true, y_pred;  // float32 (batch, outputs)
};

Columns columns_of(const Value& labels, const Value& predictions) {
  const auto [y_true, y_pred] = losses::squeeze_or_expand_to_same_rank(
      ops::cast(labels, DType::float32), ops::cast(predictions, DType::float32));
  if (y_pred.rank() != 2 || !y_true.shape().is_compatible(y_pred.shape())) {
    throw ShapeError("expected y_true and y_pred (batch, outputs), got " +
                     labels.shape().to_string() + " and " + predictions.shape().to_string());
  }
  return {y_true, y_pred};
}

Value weights_of(const Value& sample_weight, const Shape& shape) {
  Value weight = sample_weight ? ops::cast(sample_weight, DType::float32) : Value(1.0f);
  if (weight.rank() == 1) weight = ops::expand_dims(weight, -1);
  try {
    return ops::broadcast_to(weight, shape);
  } catch (const ShapeError&) {
    throw ShapeError("expected sample_weight that broadcasts to y_true " + shape.to_string() +
                     ", got " + sample_weight.shape().to_string());
  }
}

class R2ScoreMetric final : public MetricWithOptions<MetricBase, R2ScoreOptions> {
 public:
  explicit R2ScoreMetric(const R2ScoreOptions& options)
      : MetricWithOptions(options), num_samples_(add_variable({}, "num_samples")) {
    const auto& aggregation = options.class_aggregation;
    if (aggregation && *aggregation != "uniform_average" &&
        *aggregation != "variance_weighted_average") {
      throw ValueError(error_prefix() +
                       unknown_name("class_aggregation", *aggregation,
                                    {"uniform_average", "variance_weighted_average"}));
    }
    if (options.num_regressors < 0) {
      throw ValueError(error_prefix() + "expected num_regressors of at least 0, got " +
                       std::to_string(options.num_regressors));
    }
  }
  std::string_view class_name() const override { return "R2Score"; }
  std::string_view direction() const override { return "up"; }

  void build(const Value& y_true, const Value& y_pred) override {
    const Shape shape = {columns_of(y_true, y_pred).y_pred.shape().back()};
    squared_sum_ = add_variable(shape, "squared_sum");
    sum_ = add_variable(shape, "sum");
    residual_ = add_variable(shape, "residual");
    count_ = add_variable(shape, "count");
  }

  void update_state(const Value& labels, const Value& predictions, const Value& sample_weight,
                    Updates& updates) const override {
    with_error_prefix(error_prefix(), [&] {
      const auto [y_true, y_pred] = columns_of(labels, predictions);
      if (y_pred.shape().back() != sum_.shape().back()) {
        throw ShapeError("expected " + std::to_string(sum_.shape().back()) +
                         " outputs as in the first batch, got " + y_pred.shape().to_string());
      }
      const Value weight = weights_of(sample_weight, y_true.shape());
      const Value weighted = y_true * weight;
      const Value error = y_true - y_pred;
      const auto add = [&](const Variable& total, const Value& values) {
        updates.assign(total, updates.value(total) + ops::sum(values, {.axis = 0}));
      };
      add(sum_, weighted);
      add(squared_sum_, y_true * weighted);
      add(residual_, error * error * weight);
      add(count_, weight);
      updates.assign(num_samples_, updates.value(num_samples_) + ops::size_of(y_true, {0, 1}));
    });
  }

  Value result(const Updates& updates) const override {
    if (!sum_) throw StateError(error_prefix() + "expected a batch before the result");
    const Value sum = updates.value(sum_);
    const Value total = updates.value(squared_sum_) - sum * (sum / updates.value(count_));
    Value score = 1.0f - updates.value(residual_) / total;
    const Value infinite =
        ops::logical_not(ops::logical_or(ops::isfinite(score), ops::isnan(score)));
    score = ops::where(infinite, 0.0f, score);
    const auto& aggregation = options().class_aggregation;
    if (aggregation == "uniform_average") score = ops::mean(score);
    if (aggregation == "variance_weighted_average") {
      score = ops::sum(total * score) / ops::sum(total);
    }
    return options().num_regressors == 0 ? score : adjusted(score, updates.value(num_samples_));
  }

 private:
  Value adjusted(const Value& score, const Value& samples) const {
    const auto regressors = static_cast<double>(options().num_regressors);
    const Value degrees = samples - regressors - 1.0;
    const Value adjusted = 1.0f - (1.0f - score) * (samples - 1.0) / degrees;
    return ops::where(degrees > 0.0, adjusted, score);
  }

  Variable num_samples_, squared_sum_, sum_, residual_, count_;
};

}  // namespace

R2Score::R2Score(const R2ScoreOptions& options) : Metric(make_metric<R2ScoreMetric>(options)) {}

}  // namespace antler::metrics
