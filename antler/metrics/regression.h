#pragma once

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"
#include "antler/metrics/metric_options.h"

namespace antler::metrics {

struct MeanSquaredErrorOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "mean_squared_error";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The mean of (y_true - y_pred)^2.
///
/// Shapes  both (batch, ...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.metrics.MeanSquaredError.
class MeanSquaredError : public Metric {
 public:
  MeanSquaredError(const MeanSquaredErrorOptions& options = {});
};

struct MeanAbsoluteErrorOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "mean_absolute_error";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The mean of |y_true - y_pred|.
///
/// Shapes  both (batch, ...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.metrics.MeanAbsoluteError.
class MeanAbsoluteError : public Metric {
 public:
  MeanAbsoluteError(const MeanAbsoluteErrorOptions& options = {});
};

struct RootMeanSquaredErrorOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "root_mean_squared_error";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The root of the mean of (y_true - y_pred)^2 over all samples since the last reset.
///
/// Shapes  both (batch, ...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.metrics.RootMeanSquaredError.
class RootMeanSquaredError : public Metric {
 public:
  RootMeanSquaredError(const RootMeanSquaredErrorOptions& options = {});
};

/// The mean of 100 |y_true - y_pred| / max(|y_true|, 1e-7).
///
/// Shapes  as above.  Errors  ShapeError.  Source  keras.metrics.MeanAbsolutePercentageError.
class MeanAbsolutePercentageError : public Metric {
 public:
  MeanAbsolutePercentageError(const MetricOptions& options = {});
};

/// The mean of (log(max(y_true, 1e-7) + 1) - log(max(y_pred, 1e-7) + 1))^2.
///
/// Shapes  as above.  Errors  ShapeError.  Source  keras.metrics.MeanSquaredLogarithmicError.
class MeanSquaredLogarithmicError : public Metric {
 public:
  MeanSquaredLogarithmicError(const MetricOptions& options = {});
};

struct LogCoshErrorOptions {
  NamedOnly named_only = NamedOnly();
  std::string name = "logcosh";
  static void visit(auto& self, auto&& field) { field("name", self.name); }
};

/// The mean of log(cosh(y_pred - y_true)).
///
/// Shapes  as above.  Errors  ShapeError.  Source  keras.metrics.LogCoshError.
class LogCoshError : public Metric {
 public:
  LogCoshError(const LogCoshErrorOptions& options = {});
};

struct CosineSimilarityOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;
  std::string name = "cosine_similarity";
  static void visit(auto& self, auto&& field) {
    field("axis", self.axis);
    field("name", self.name);
  }
};

/// The mean of the cosine of the angle between y_true and y_pred along an axis: the loss of that
/// name has the other sign.
///
/// Shapes  as above.  Errors  ShapeError.  Source  keras.metrics.CosineSimilarity.
class CosineSimilarity : public Metric {
 public:
  CosineSimilarity(const CosineSimilarityOptions& options = {});
};

}  // namespace antler::metrics
