#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

namespace antler::metrics {

/// Options  class_aggregation: "uniform_average" over the columns, "variance_weighted_average", or
///          std::nullopt for one score a column.
///          num_regressors: above 0 the score is adjusted for that many independent variables:
///          1 - (1 - score) (n - 1) / (n - p - 1), where n counts all elements of y_true, as in
///          Keras; unless p >= n - 1.
struct R2ScoreOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<std::string> class_aggregation = std::string("uniform_average");
  std::int64_t num_regressors = 0;
  std::string name = "r2_score";
  static void visit(auto& self, auto&& field) {
    field("class_aggregation", self.class_aggregation);
    field("num_regressors", self.num_regressors);
    field("name", self.name);
  }
};

/// The coefficient of determination of each column, 1 - sum (y - p)^2 / sum (y - mean y)^2; 0 where
/// y_true is constant and y_pred is not equal to it.
///
/// Shapes  both (batch, outputs), or y_true (batch,) beside (batch, 1); sample_weight (batch,) or
///         what broadcasts to them. A result is a number, or (outputs,).
/// Errors  ValueError for arguments out of range; ShapeError; StateError for a result before the
///         first batch.
/// Source  keras.metrics.R2Score.
class R2Score : public Metric {
 public:
  R2Score(const R2ScoreOptions& options = {});
};

}  // namespace antler::metrics
