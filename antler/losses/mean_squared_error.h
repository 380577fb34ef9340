#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct MeanSquaredErrorOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "mean_squared_error";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// (y_true - y_pred)^2, the mean over the last axis.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.MeanSquaredError.
class MeanSquaredError : public Loss {
 public:
  MeanSquaredError(const MeanSquaredErrorOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value mean_squared_error(const Value& y_true, const Value& y_pred);

}  // namespace losses
}  // namespace antler
