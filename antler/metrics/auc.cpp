#include "antler/metrics/auc.h"

#include <algorithm>
#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/losses/weighting.h"
#include "antler/metrics/confusion.h"
#include "antler/metrics/mean_metric.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/logical.h"
#include "antler/ops/operands.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/slice.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::metrics {
namespace {

using losses::divide_no_nan;

constexpr double kOutside = 1e-7;  // how far the first and last threshold are outside [0, 1]

// Keras also takes these words in lower case, or with a capital.
std::string one_of(const std::string& noun, const std::string& given,
                   const std::vector<std::vector<std::string_view>>& spellings) {
  std::vector<std::string_view> known;
  for (const auto& words : spellings) {
    for (const std::string_view word : words) {
      if (word == given) return std::string(words[0]);
    }
    known.push_back(words[0]);
  }
  throw ValueError(unknown_name(noun, given, known));
}

AUCOptions checked(AUCOptions options) {
  const auto fail = [](const std::string& text) { throw ValueError(text); };
  options.curve =
      one_of("curve", options.curve, {{"ROC", "roc"}, {"PR", "pr"}, {"PRGAIN", "prgain"}});
  options.summation_method = one_of(
      "summation_method", options.summation_method,
      {{"interpolation", "Interpolation"}, {"minoring", "Minoring"}, {"majoring", "Majoring"}});
  if (options.thresholds.is_given()) {
    std::vector<double> thresholds = options.thresholds.numbers();
    if (!thresholds.empty()) thresholds = checked_thresholds(options.thresholds, 0);
    std::sort(thresholds.begin(), thresholds.end());
    options.num_thresholds = static_cast<std::int64_t>(thresholds.size()) + 2;
    options.thresholds = thresholds;
  }
  if (options.num_thresholds < 2) {
    fail("expected num_thresholds of at least 2, got " + std::to_string(options.num_thresholds));
  }
  if (options.num_labels && !options.multi_label) {
    fail("expected num_labels only beside multi_label, got " + std::to_string(*options.num_labels) +
         " without it");
  }
  if (options.num_labels && *options.num_labels < 1) {
    fail("expected num_labels of at least 1, got " + std::to_string(*options.num_labels));
  }
  for (const double weight : options.label_weights.numbers()) {
    if (!(weight >= 0)) {
      fail("expected label_weights of at least 0, got " + Config(weight).to_string());
    }
  }
  return options;
}

ConfusionOptions confusion_of(const AUCOptions& options) {
  ConfusionOptions confusion;
  std::vector<double> inside = options.thresholds.numbers();
  if (!options.thresholds.is_given()) {
    const auto steps = static_cast<double>(options.num_thresholds - 1);
    for (double i = 1; i < steps; ++i) inside.push_back(i / steps);
  }
  std::vector<double> with_ends = {0};
  with_ends.insert(with_ends.end(), inside.begin(), inside.end());
  with_ends.push_back(1);
  confusion.is_even = !options.thresholds.is_given() || are_even(with_ends);
  with_ends.front() -= kOutside;
  with_ends.back() += kOutside;
  confusion.thresholds = with_ends;
  confusion.multi_label = options.multi_label;
  if (!options.multi_label) confusion.label_weights = options.label_weights.numbers();
  return confusion;
}

// The two ends of each step of a curve.
Value starts(const Value& x) { return ops::slice_axis(x, 0, 0, -1); }
Value ends(const Value& x) { return ops::slice_axis(x, 0, 1); }

// Areas of the steps under the PR curve between whose points the true and false positives, not the
// precision, change linearly.
Value interpolated_pr_areas(const ConfusionCounts& n) {
  const Value& tp = n.true_positives;
  const Value positive = tp + n.false_positives;
  const Value tp_step = starts(tp) - ends(tp);
  const Value slope = divide_no_nan(tp_step, ops::maximum(starts(positive) - ends(positive), 0.0f));
  const Value intercept = ends(tp) - slope * ends(positive);
  const Value both = ops::logical_and(starts(positive) > 0, ends(positive) > 0);
  const Value ratio =
      ops::where(both, divide_no_nan(starts(positive), ops::maximum(ends(positive), 0.0f)), 1.0f);
  return divide_no_nan(slope * (tp_step + intercept * ops::log(ratio)),
                       ops::maximum(ends(tp) + ends(n.false_negatives), 0.0f));
}

struct Curve {
  Value x, y;
};

// Keras' guards: without true positives the recall gain is 0 and the precision gain 1, and a recall
// gain is never negative.
Curve gain_curve(const ConfusionCounts& n) {
  const Value& tp = n.true_positives;
  const Value scale = divide_no_nan(tp + n.false_negatives, n.true_negatives + n.false_positives);
  const Value none = ops::equal(tp, 0.0f);
  const Value recall = 1.0f - scale * divide_no_nan(n.false_negatives, tp);
  const Value precision = 1.0f - scale * divide_no_nan(n.false_positives, tp);
  return {ops::maximum(ops::where(none, 0.0f, recall), 0.0f), ops::where(none, 1.0f, precision)};
}

Curve curve_of(const std::string& name, const ConfusionCounts& n) {
  if (name == "PRGAIN") return gain_curve(n);
  const Value& tp = n.true_positives;
  const Value recall = divide_no_nan(tp, tp + n.false_negatives);
  if (name == "PR") return {recall, divide_no_nan(tp, tp + n.false_positives)};
  return {divide_no_nan(n.false_positives, n.false_positives + n.true_negatives), recall};
}

class AUCMetric final : public MetricWithOptions<MetricBase, AUCOptions> {
 public:
  explicit AUCMetric(const AUCOptions& given)
      : MetricWithOptions(
            with_error_prefix(given.name + " (AUC): ", [&] { return checked(given); })),
        confusion_(confusion_of(options())) {
    if (!options().multi_label) {
      add_counts({options().num_thresholds});
    } else if (options().num_labels) {
      add_counts({options().num_thresholds, *options().num_labels});
    }
  }
  std::string_view class_name() const override { return "AUC"; }
  std::string_view direction() const override { return "up"; }

  void build(const Value&, const Value& y_pred) override {
    if (!options().multi_label) return;
    if (y_pred.rank() != 2) {
      throw ShapeError("expected y_pred (batch, labels) for multi_label, got " +
                       y_pred.shape().to_string());
    }
    if (!true_positives_) add_counts({options().num_thresholds, y_pred.shape().back()});
    const std::size_t weights = options().label_weights.numbers().size();
    if (weights != 0 && static_cast<std::int64_t>(weights) != labels()) {
      throw ShapeError("expected label_weights for " + std::to_string(labels()) + " labels, got " +
                       std::to_string(weights));
    }
  }

  void update_state(const Value& y_true, const Value& y_pred, const Value& sample_weight,
                    Updates& updates) const override {
    with_error_prefix(error_prefix(), [&] {
      if (options().multi_label && (y_pred.rank() != 2 || y_pred.shape().back() != labels())) {
        throw ShapeError("expected y_pred (batch, " + std::to_string(labels()) + "), got " +
                         y_pred.shape().to_string());
      }
      const Value scores =
          options().from_logits ? ops::sigmoid(ops::detail::as_floating(y_pred)) : y_pred;
      const ConfusionCounts counts = count_confusions(y_true, scores, sample_weight, confusion_);
      const auto add = [&](const Variable& total, const Value& count) {
        updates.assign(total, updates.value(total) + count);
      };
      add(true_positives_, counts.true_positives);
      add(false_positives_, counts.false_positives);
      add(true_negatives_, counts.true_negatives);
      add(false_negatives_, counts.false_negatives);
    });
  }

  Value result(const Updates& updates) const override {
    if (!true_positives_) {
      throw StateError(error_prefix() +
                       "expected a batch before the result; or give it num_labels");
    }
    const Value areas =
        areas_of_steps({updates.value(true_positives_), updates.value(false_positives_),
                        updates.value(true_negatives_), updates.value(false_negatives_)});
    const Value area = ops::sum(areas, {.axis = 0});
    if (!options().multi_label) return area;
    if (options().label_weights.numbers().empty()) return ops::mean(area);
    const Value weights = constant(options().label_weights.numbers());
    return divide_no_nan(ops::sum(area * weights), ops::sum(weights));
  }

 private:
  std::int64_t labels() const { return true_positives_.shape().back(); }
  void add_counts(const Shape& shape) {
    true_positives_ = add_variable(shape, "true_positives");
    false_positives_ = add_variable(shape, "false_positives");
    true_negatives_ = add_variable(shape, "true_negatives");
    false_negatives_ = add_variable(shape, "false_negatives");
  }
  Value areas_of_steps(const ConfusionCounts& totals) const {
    const std::string& method = options().summation_method;
    if (options().curve == "PR" && method == "interpolation") return interpolated_pr_areas(totals);
    const auto [x, y] = curve_of(options().curve, totals);
    const Value width = starts(x) - ends(x);
    if (method == "minoring") return width * ops::minimum(starts(y), ends(y));
    if (method == "majoring") return width * ops::maximum(starts(y), ends(y));
    return width * ((starts(y) + ends(y)) / 2.0f);
  }

  ConfusionOptions confusion_;
  Variable true_positives_, false_positives_, true_negatives_, false_negatives_;
};

}  // namespace

AUC::AUC(const AUCOptions& options) : Metric(make_metric<AUCMetric>(options)) {}

}  // namespace antler::metrics
