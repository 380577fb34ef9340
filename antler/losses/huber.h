#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct HuberOptions {
  NamedOnly named_only = NamedOnly();
  double delta = 1;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "huber_loss";
  static void visit(auto& self, auto&& field) {
    field("delta", self.delta);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// e^2 / 2 where |e| <= delta, else delta |e| - delta^2 / 2, of e = y_pred - y_true; the mean over
/// the last axis.
///
/// Options  delta: from which error on the loss is linear.
/// Shapes   y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors   ShapeError; ValueError for a delta that is not positive.
/// Source   keras.losses.Huber; Huber (1964).
class Huber : public Loss {
 public:
  Huber(const HuberOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value huber(const Value& y_true, const Value& y_pred, double delta = 1);

}  // namespace losses
}  // namespace antler
