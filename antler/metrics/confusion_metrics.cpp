#include "antler/metrics/confusion_metrics.h"

#include "antler/core/error.h"
#include "antler/losses/weighting.h"
#include "antler/metrics/confusion.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/extrema.h"
#include "antler/ops/max_min.h"
#include "antler/ops/reshape.h"
#include "antler/ops/where.h"

namespace antler::metrics {
namespace {

using Count = Value ConfusionCounts::*;

// A number for one threshold.
Value without_single_axis(const Value& by_threshold) {
  return by_threshold.shape() == Shape({1}) ? ops::reshape(by_threshold, {}) : by_threshold;
}

// Totals of some counts over all batches.
template <class Options>
class ConfusionMetric : public MetricWithOptions<MetricBase, Options> {
 public:
  ConfusionMetric(std::string_view class_name, Options options)
      : MetricWithOptions<MetricBase, Options>(named(std::move(options), class_name)),
        class_name_(class_name) {}
  std::string_view class_name() const final { return class_name_; }
  void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                    Updates& updates) const final {
    with_error_prefix(this->error_prefix(), [&] {
      const ConfusionCounts counts = count_confusions(y_true, y_pred, sample_weight, confusion_);
      for (const auto& [count, variable] : totals_) {
        updates.assign(variable, updates.value(variable) + counts.*count);
      }
    });
  }

 protected:
  void count_at(ConfusionOptions confusion) { confusion_ = std::move(confusion); }
  Variable add_total(Count count, const std::string& name) {
    const auto size = static_cast<std::int64_t>(confusion_.thresholds.size());
    totals_.emplace_back(count, this->add_variable({size}, name));
    return totals_.back().second;
  }

 private:
  std::string_view class_name_;
  ConfusionOptions confusion_;
  std::vector<std::pair<Count, Variable>> totals_;
};

ConfusionOptions at(const NumbersArg& thresholds, double by_default) {
  ConfusionOptions confusion;
  confusion.thresholds = checked_thresholds(thresholds, by_default);
  confusion.is_even = are_even(confusion.thresholds);
  return confusion;
}

// ---------------------------------------------------------------------------- counts

class CountMetric final : public ConfusionMetric<ConfusionCountOptions> {
 public:
  CountMetric(std::string_view class_name, Count count, const ConfusionCountOptions& options)
      : ConfusionMetric(class_name, options) {
    with_error_prefix(error_prefix(), [&] { count_at(at(options.thresholds, 0.5)); });
    total_ = add_total(count, "accumulator");
  }
  Value result(const Updates& updates) const override {
    return without_single_axis(updates.value(total_));
  }

 private:
  Variable total_;
};

// ---------------------------------------------------------------------------- precision, recall

// The share of true positives among them and `others`.
class ShareMetric final : public ConfusionMetric<PrecisionRecallOptions> {
 public:
  ShareMetric(std::string_view class_name, Count others, const std::string& others_name,
              const PrecisionRecallOptions& options)
      : ConfusionMetric(class_name, options) {
    with_error_prefix(error_prefix(), [&] {
      ConfusionOptions confusion = at(options.thresholds, options.top_k ? kBelowAll : 0.5);
      confusion.top_k = options.top_k;
      confusion.class_id = options.class_id;
      count_at(confusion);
    });
    true_positives_ = add_total(&ConfusionCounts::true_positives, "true_positives");
    others_ = add_total(others, others_name);
  }
  std::string_view direction() const override { return "up"; }
  Value result(const Updates& updates) const override {
    const Value found = updates.value(true_positives_);
    return without_single_axis(losses::divide_no_nan(found, found + updates.value(others_)));
  }

 private:
  Variable true_positives_, others_;
};

// ---------------------------------------------------------------------------- one rate at another

enum class Rate { precision, recall, specificity };

class RateAtRateMetric final : public ConfusionMetric<AtThresholdsOptions> {
 public:
  RateAtRateMetric(std::string_view class_name, Rate best, Rate bounded, const char* argument,
                   double bound, const AtThresholdsOptions& options)
      : ConfusionMetric(class_name, options),
        best_(best),
        bounded_(bounded),
        argument_(argument),
        bound_(bound) {
    if (!(bound >= 0 && bound <= 1)) {
      throw ValueError(error_prefix() + "expected " + argument + " in [0, 1], got " +
                       Config(bound).to_string());
    }
    if (options.num_thresholds < 1) {
      throw ValueError(error_prefix() + "expected num_thresholds of at least 1, got " +
                       std::to_string(options.num_thresholds));
    }
    ConfusionOptions confusion;
    const std::int64_t n = options.num_thresholds;
    confusion.is_even = n > 1;
    for (std::int64_t i = 0; i < n; ++i) {
      confusion.thresholds.push_back(n > 1 ? static_cast<double>(i) / static_cast<double>(n - 1)
                                           : 0.5);
    }
    confusion.class_id = options.class_id;
    count_at(confusion);
    true_positives_ = add_total(&ConfusionCounts::true_positives, "true_positives");
    false_positives_ = add_total(&ConfusionCounts::false_positives, "false_positives");
    true_negatives_ = add_total(&ConfusionCounts::true_negatives, "true_negatives");
    false_negatives_ = add_total(&ConfusionCounts::false_negatives, "false_negatives");
  }
  std::string_view direction() const override { return "up"; }
  Config get_config() const override {
    Config config = Config::map({{argument_, bound_}});
    const Config rest = options_to_config(options());
    for (const auto& [key, value] : rest.as_map()) config.set(key, value);
    return config;
  }
  Value result(const Updates& updates) const override {
    const Value reached = rate(bounded_, updates) >= bound_;
    return ops::maximum(ops::max(ops::where(reached, rate(best_, updates), 0.0f)), 0.0f);
  }

 private:
  Value rate(Rate rate, const Updates& updates) const {
    const auto share = [&](const Variable& counted, const Variable& others) {
      const Value count = updates.value(counted);
      return losses::divide_no_nan(count, count + updates.value(others));
    };
    if (rate == Rate::precision) return share(true_positives_, false_positives_);
    if (rate == Rate::recall) return share(true_positives_, false_negatives_);
    return share(true_negatives_, false_positives_);
  }

  Rate best_, bounded_;
  const char* argument_;
  double bound_;
  Variable true_positives_, false_positives_, true_negatives_, false_negatives_;
};

}  // namespace

TruePositives::TruePositives(const ConfusionCountOptions& options)
    : Metric(make_metric<CountMetric>("TruePositives", &ConfusionCounts::true_positives, options)) {
}

TrueNegatives::TrueNegatives(const ConfusionCountOptions& options)
    : Metric(make_metric<CountMetric>("TrueNegatives", &ConfusionCounts::true_negatives, options)) {
}

FalsePositives::FalsePositives(const ConfusionCountOptions& options)
    : Metric(
          make_metric<CountMetric>("FalsePositives", &ConfusionCounts::false_positives, options)) {}

FalseNegatives::FalseNegatives(const ConfusionCountOptions& options)
    : Metric(
          make_metric<CountMetric>("FalseNegatives", &ConfusionCounts::false_negatives, options)) {}

Precision::Precision(const PrecisionRecallOptions& options)
    : Metric(make_metric<ShareMetric>("Precision", &ConfusionCounts::false_positives,
                                      "false_positives", options)) {}

Recall::Recall(const PrecisionRecallOptions& options)
    : Metric(make_metric<ShareMetric>("Recall", &ConfusionCounts::false_negatives,
                                      "false_negatives", options)) {}

SensitivityAtSpecificity::SensitivityAtSpecificity(double specificity,
                                                   const AtThresholdsOptions& options)
    : Metric(make_metric<RateAtRateMetric>("SensitivityAtSpecificity", Rate::recall,
                                           Rate::specificity, "specificity", specificity,
                                           options)) {}

SpecificityAtSensitivity::SpecificityAtSensitivity(double sensitivity,
                                                   const AtThresholdsOptions& options)
    : Metric(make_metric<RateAtRateMetric>("SpecificityAtSensitivity", Rate::specificity,
                                           Rate::recall, "sensitivity", sensitivity, options)) {}

PrecisionAtRecall::PrecisionAtRecall(double recall, const AtThresholdsOptions& options)
    : Metric(make_metric<RateAtRateMetric>("PrecisionAtRecall", Rate::precision, Rate::recall,
                                           "recall", recall, options)) {}

RecallAtPrecision::RecallAtPrecision(double precision, const AtThresholdsOptions& options)
    : Metric(make_metric<RateAtRateMetric>("RecallAtPrecision", Rate::recall, Rate::precision,
                                           "precision", precision, options)) {}

}  // namespace antler::metrics
