#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct MeanAbsolutePercentageErrorOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "mean_absolute_percentage_error";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// 100 |y_true - y_pred| / max(|y_true|, 1e-7), the mean over the last axis.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.MeanAbsolutePercentageError.
class MeanAbsolutePercentageError : public Loss {
 public:
  MeanAbsolutePercentageError(const MeanAbsolutePercentageErrorOptions& options = {});
};

struct MeanSquaredLogarithmicErrorOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "mean_squared_logarithmic_error";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// (log(1 + max(y_true, 1e-7)) - log(1 + max(y_pred, 1e-7)))^2, the mean over the last axis. What
/// is negative counts as 1e-7, and a prediction below that gets no gradient.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.MeanSquaredLogarithmicError.
class MeanSquaredLogarithmicError : public Loss {
 public:
  MeanSquaredLogarithmicError(const MeanSquaredLogarithmicErrorOptions& options = {});
};

struct LogCoshOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "log_cosh";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// log cosh e = e + softplus(-2 e) - log 2 of e = y_pred - y_true, the mean over the last axis: e^2
/// / 2 for a small error, |e| - log 2 for a large one.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.LogCosh.
class LogCosh : public Loss {
 public:
  LogCosh(const LogCoshOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value mean_absolute_percentage_error(const Value& y_true, const Value& y_pred);
Value mean_squared_logarithmic_error(const Value& y_true, const Value& y_pred);
Value log_cosh(const Value& y_true, const Value& y_pred);

}  // namespace losses
}  // namespace antler
