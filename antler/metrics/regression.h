#pragma once

#include "antler/core/named_only.h"
#include "antler/metrics/metric.h"

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

}  // namespace antler::metrics
