#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/numbers_arg.h"

// Metrics of yes-or-no predictions: a prediction is positive when it is above a threshold.
//
// Shapes  y_true and y_pred of one shape, any number of axes; y_true counts as true where it is not
//         0. A result is a number, or one a threshold for a list of several thresholds.
// Errors  ShapeError for y_true, y_pred or weights that do not fit, ValueError for thresholds
//         outside [0, 1].
namespace antler::metrics {

/// Options  thresholds: a number or a list in [0, 1]; by default 0.5.
struct ConfusionCountOptions {
  NamedOnly named_only = NamedOnly();
  NumbersArg thresholds = {};
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("thresholds", self.thresholds);
    field("name", self.name);
  }
};

/// The weighted number of true elements with a prediction above the threshold.
///
/// Source  keras.metrics.TruePositives.
class TruePositives : public Metric {
 public:
  TruePositives(const ConfusionCountOptions& options = {});
};

/// The weighted number of false elements with a prediction up to the threshold.
///
/// Source  keras.metrics.TrueNegatives.
class TrueNegatives : public Metric {
 public:
  TrueNegatives(const ConfusionCountOptions& options = {});
};

/// The weighted number of false elements with a prediction above the threshold.
///
/// Source  keras.metrics.FalsePositives.
class FalsePositives : public Metric {
 public:
  FalsePositives(const ConfusionCountOptions& options = {});
};

/// The weighted number of true elements with a prediction up to the threshold.
///
/// Source  keras.metrics.FalseNegatives.
class FalseNegatives : public Metric {
 public:
  FalseNegatives(const ConfusionCountOptions& options = {});
};

/// Options  thresholds: as above; beside top_k by default below every prediction.
///          top_k: only the k largest predictions of a row can be positive.
///          class_id: only this column of the last axis counts.
struct PrecisionRecallOptions {
  NamedOnly named_only = NamedOnly();
  NumbersArg thresholds = {};
  std::optional<std::int64_t> top_k = {};
  std::optional<std::int64_t> class_id = {};
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("thresholds", self.thresholds);
    field("top_k", self.top_k);
    field("class_id", self.class_id);
    field("name", self.name);
  }
};

/// True positives / (true positives + false positives), 0 without any.
///
/// Source  keras.metrics.Precision.
class Precision : public Metric {
 public:
  Precision(const PrecisionRecallOptions& options = {});
};

/// True positives / (true positives + false negatives), 0 without any.
///
/// Source  keras.metrics.Recall.
class Recall : public Metric {
 public:
  Recall(const PrecisionRecallOptions& options = {});
};

/// Options  num_thresholds: how many thresholds, evenly in [0, 1], are tried.
///          class_id: only this column of the last axis counts.
struct AtThresholdsOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t num_thresholds = 200;
  std::optional<std::int64_t> class_id = {};
  std::string name = {};
  static void visit(auto& self, auto&& field) {
    field("num_thresholds", self.num_thresholds);
    field("class_id", self.class_id);
    field("name", self.name);
  }
};

// The best of one rate among the thresholds at which another reaches a given value in [0, 1]; 0
// when it never does. Sensitivity is recall; specificity is true negatives / (true negatives +
// false positives).

/// The best sensitivity where the specificity is at least `specificity`.
///
/// Source  keras.metrics.SensitivityAtSpecificity.
class SensitivityAtSpecificity : public Metric {
 public:
  SensitivityAtSpecificity(double specificity, const AtThresholdsOptions& options = {});
};

/// The best specificity where the sensitivity is at least `sensitivity`.
///
/// Source  keras.metrics.SpecificityAtSensitivity.
class SpecificityAtSensitivity : public Metric {
 public:
  SpecificityAtSensitivity(double sensitivity, const AtThresholdsOptions& options = {});
};

/// The best precision where the recall is at least `recall`.
///
/// Source  keras.metrics.PrecisionAtRecall.
class PrecisionAtRecall : public Metric {
 public:
  PrecisionAtRecall(double recall, const AtThresholdsOptions& options = {});
};

/// The best recall where the precision is at least `precision`.
///
/// Source  keras.metrics.RecallAtPrecision.
class RecallAtPrecision : public Metric {
 public:
  RecallAtPrecision(double precision, const AtThresholdsOptions& options = {});
};

}  // namespace antler::metrics
