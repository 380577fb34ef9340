#include "antler/metrics/f_score.h"

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/operands.h"
#include "antler/ops/rounding.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"

namespace antler::metrics {
namespace {

constexpr float kEpsilon = 1e-7f;

template <class Options>
void check(const Options& options, double beta) {
  if (options.average && *options.average != "micro" && *options.average != "macro" &&
      *options.average != "weighted") {
    throw ValueError(unknown_name("average", *options.average, {"micro", "macro", "weighted"}));
  }
  if (!(beta > 0)) throw ValueError("expected beta above 0, got " + Config(beta).to_string());
  if (options.threshold && !(*options.threshold > 0 && *options.threshold <= 1)) {
    throw ValueError("expected a threshold in (0, 1], got " +
                     Config(*options.threshold).to_string());
  }
}

// One weight a row, as a column.
Value row_weights(const Value& sample_weight) {
  const Value weight = ops::cast(sample_weight, DType::float32);
  if (weight.rank() == 1) return ops::expand_dims(weight, -1);
  if (weight.rank() == 0 || (weight.rank() == 2 && weight.shape().back() == 1)) return weight;
  throw ShapeError("expected sample_weight (batch,), got " + weight.shape().to_string());
}

template <class Options>
class FScoreMetric final : public MetricWithOptions<MetricBase, Options> {
 public:
  FScoreMetric(std::string_view class_name, double beta, const Options& options)
      : MetricWithOptions<MetricBase, Options>(options), class_name_(class_name), beta_(beta) {
    with_error_prefix(this->error_prefix(), [&] { check(options, beta); });
  }
  std::string_view class_name() const override { return class_name_; }
  std::string_view direction() const override { return "up"; }

  void build(const Value& y_true, const Value& y_pred) override {
    require_matrices(y_true, y_pred);
    const Shape shape = is_micro() ? Shape() : Shape({y_pred.shape().back()});
    true_positives_ = this->add_variable(shape, "true_positives");
    false_positives_ = this->add_variable(shape, "false_positives");
    false_negatives_ = this->add_variable(shape, "false_negatives");
    trues_ = this->add_variable(shape, "intermediate_weights");
  }

  void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                    Updates& updates) const override {
    with_error_prefix(this->error_prefix(), [&] {
      require_matrices(y_true, y_pred);
      const Value truth = ops::cast(y_true, DType::float32);
      const Value positive = positives(ops::cast(y_pred, DType::float32));
      const Value weight = sample_weight ? row_weights(sample_weight) : Value();
      const auto add = [&](const Variable& total, const Value& values) {
        const Value weighted = weight ? values * weight : values;
        const Value sum = is_micro() ? ops::sum(weighted) : ops::sum(weighted, {.axis = 0});
        updates.assign(total, updates.value(total) + sum);
      };
      add(true_positives_, positive * truth);
      add(false_positives_, positive * (1.0f - truth));
      add(false_negatives_, (1.0f - positive) * truth);
      add(trues_, truth);
    });
  }

  Value result(const Updates& updates) const override {
    if (!true_positives_) {
      throw StateError(this->error_prefix() + "expected a batch before the result");
    }
    const Value tp = updates.value(true_positives_);
    const Value precision = tp / (tp + updates.value(false_positives_) + kEpsilon);
    const Value recall = tp / (tp + updates.value(false_negatives_) + kEpsilon);
    const double square = beta_ * beta_;
    const Value mean = precision * recall / (square * precision + recall + kEpsilon);
    const Value score = mean * (1 + square);
    if (!this->options().average) return score;
    if (*this->options().average != "weighted") return ops::mean(score);
    const Value trues = updates.value(trues_);
    return ops::sum(score * (trues / (ops::sum(trues) + kEpsilon)));
  }

 private:
  bool is_micro() const { return this->options().average == "micro"; }

  void require_matrices(const Value& y_true, const Value& y_pred) const {
    if (y_pred.rank() != 2 || !y_true.shape().is_compatible(y_pred.shape())) {
      throw ShapeError("expected y_true and y_pred (batch, classes), got " +
                       y_true.shape().to_string() + " and " + y_pred.shape().to_string() +
                       "; class numbers need to be one-hot");
    }
    if (!true_positives_ || is_micro() || true_positives_.shape().back() == y_pred.shape().back()) {
      return;
    }
    throw ShapeError("expected " + std::to_string(true_positives_.shape().back()) +
                     " classes as in the first batch, got " + y_pred.shape().to_string());
  }

  // Of equal predictions all are the largest.
  Value positives(const Value& y_pred) const {
    if (this->options().threshold) {
      return ops::cast(y_pred > *this->options().threshold, DType::float32);
    }
    const Value largest = y_pred >= ops::max(y_pred, {.axis = -1, .keepdims = true});
    return ops::cast(ops::logical_and(largest, ops::abs(y_pred) > 1e-9), DType::float32);
  }

  std::string_view class_name_;
  double beta_;
  Variable true_positives_, false_positives_, false_negatives_, trues_;
};

}  // namespace

F1Score::F1Score(const F1ScoreOptions& options)
    : Metric(make_metric<FScoreMetric<F1ScoreOptions>>("F1Score", 1.0, options)) {}

FBetaScore::FBetaScore(const FBetaScoreOptions& options)
    : Metric(make_metric<FScoreMetric<FBetaScoreOptions>>("FBetaScore", options.beta, options)) {}

}  // namespace antler::metrics
