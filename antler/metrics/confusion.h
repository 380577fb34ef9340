#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "antler/graph/value.h"
#include "antler/metrics/numbers_arg.h"

// True and false positives and negatives at thresholds, as keras.metrics counts them.
namespace antler::metrics {

struct ConfusionOptions {
  std::vector<double> thresholds;
  /// The thresholds are 0, 1/(n-1), ..., 1: predictions are counted in buckets between them, whose
  /// edges round as Keras' do. The first and last may be a little outside.
  bool is_even = false;
  std::optional<std::int64_t> top_k = {};     // the rest of a row is never positive
  std::optional<std::int64_t> class_id = {};  // only this column
  bool multi_label = false;                   // counts for each column by itself
  std::vector<double> label_weights = {};     // one a column
};

/// Weighted counts of one batch, float32 (thresholds), or (thresholds, labels) for multi_label.
struct ConfusionCounts {
  Value true_positives, false_positives, true_negatives, false_negatives;
};

/// Shapes  y_true and y_pred (batch, ...); sample_weight (empty: 1) of as many axes, or fewer, then
///         with one of size 1 at its end, broadcasts to them.
/// Errors  ShapeError.
ConfusionCounts count_confusions(const Value& y_true, const Value& y_pred,
                                 const Value& sample_weight, const ConfusionOptions& options);

/// A float32 vector.
Value constant(const std::vector<double>& numbers);

/// Whether Keras takes the thresholds for 0, 1/(n-1), ..., 1.
bool are_even(const std::vector<double>& thresholds);

/// The thresholds of a metric: those given, or `by_default`.
/// Errors: ValueError for an empty list or a threshold outside [0, 1].
std::vector<double> checked_thresholds(const NumbersArg& thresholds, double by_default);

/// What top_k makes of the predictions that it leaves out.
inline constexpr double kBelowAll = -1e10;

}  // namespace antler::metrics
