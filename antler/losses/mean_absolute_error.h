#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct MeanAbsoluteErrorOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "mean_absolute_error";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// |y_true - y_pred|, the mean over the last axis; the derivative at 0 is 0.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.MeanAbsoluteError.
class MeanAbsoluteError : public Loss {
 public:
  MeanAbsoluteError(const MeanAbsoluteErrorOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value mean_absolute_error(const Value& y_true, const Value& y_pred);

}  // namespace losses
}  // namespace antler
