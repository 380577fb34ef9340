#pragma once

#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

/// Options  average: unset (one score a class), "micro" (all elements as one class), "macro" (the
///          mean over classes) or "weighted" (the mean weighted by how often a class is true).
///          threshold: in (0, 1], above which a prediction is positive; unset: the largest of a row
///          is, unless it is 0.
struct F1ScoreOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> average = {};
  std::optional<double> threshold = {};
  std::string name = "f1_score";
  static void visit(auto& self, auto&& field) {
    field("average", self.average);
    field("threshold", self.threshold);
    field("name", self.name);
  }
};

/// The harmonic mean of precision and recall, 2 p r / (p + r).
///
/// Shapes  both (batch, classes); one sample weight a row. A result is a number, or (classes,).
/// Errors  ValueError for arguments out of range; ShapeError; StateError for a result before the
///         first batch.
/// Source  keras.metrics.F1Score.
class F1Score : public Metric {
 public:
  F1Score(const F1ScoreOptions& options = {});
};

/// Options  as F1Score; beta: how many times recall counts as much as precision, above 0.
struct FBetaScoreOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> average = {};
  double beta = 1;
  std::optional<double> threshold = {};
  std::string name = "fbeta_score";
  static void visit(auto& self, auto&& field) {
    field("average", self.average);
    field("beta", self.beta);
    field("threshold", self.threshold);
    field("name", self.name);
  }
};

/// (1 + beta^2) p r / (beta^2 p + r) of precision p and recall r.
///
/// Shapes  as F1Score.  Errors  as F1Score.  Source  keras.metrics.FBetaScore.
class FBetaScore : public Metric {
 public:
  FBetaScore(const FBetaScoreOptions& options = {});
};

}  // namespace antler::metrics
