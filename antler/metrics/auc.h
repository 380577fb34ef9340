#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/numbers_arg.h"

namespace antler::metrics {

/// Options  num_thresholds: at how many thresholds the curve is taken, evenly in [0, 1] with both
///          ends a little outside.
///          curve: "ROC" (recall over the rate of false positives), "PR" (precision over recall) or
///          "PRGAIN" (precision gain over recall gain).
///          summation_method: "interpolation" (trapezoids; for "PR" Davis and Goadrich's),
///          "minoring" (the smaller side of each step) or "majoring".
///          thresholds: a list in [0, 1] in place of num_thresholds; the ends are added.
///          multi_label: one curve a column of y_pred (batch, labels), whose areas are averaged;
///          else all elements make one curve.
///          num_labels: the number of columns, which may also follow from the first batch.
///          label_weights: one a column, of its area or, without multi_label, of its elements.
///          from_logits: y_pred goes through a sigmoid first.
struct AUCOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t num_thresholds = 200;
  std::string curve = "ROC";
  std::string summation_method = "interpolation";
  NumbersArg thresholds = {};
  bool multi_label = false;
  std::optional<std::int64_t> num_labels = {};
  NumbersArg label_weights = {};
  bool from_logits = false;
  std::string name = "auc";
  static void visit(auto& self, auto&& field) {
    field("num_thresholds", self.num_thresholds);
    field("curve", self.curve);
    field("summation_method", self.summation_method);
    field("thresholds", self.thresholds);
    field("multi_label", self.multi_label);
    field("num_labels", self.num_labels);
    field("label_weights", self.label_weights);
    field("from_logits", self.from_logits);
    field("name", self.name);
  }
};

/// The area under a curve of yes-or-no predictions, approximated at thresholds.
///
/// Shapes  y_true and y_pred of one shape; (batch, labels) for multi_label and label_weights.
/// Errors  ValueError for arguments out of range; ShapeError; StateError for the result of a
///         multi_label metric before its first batch.
/// Source  keras.metrics.AUC; Davis and Goadrich (2006); Flach and Kull (2015) for PRGAIN.
class AUC : public Metric {
 public:
  AUC(const AUCOptions& options = {});
};

}  // namespace antler::metrics
