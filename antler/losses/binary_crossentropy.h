#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct BinaryCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool from_logits = false;
  double label_smoothing = 0;
  int axis = -1;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "binary_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("from_logits", self.from_logits);
    field("label_smoothing", self.label_smoothing);
    field("axis", self.axis);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// -(y log p + (1 - y) log(1 - p)), the mean over `axis`; p is clipped to [1e-7, 1 - 1e-7].
///
/// Options  from_logits: y_pred is z of p = sigmoid(z); nothing is clipped then.
///          label_smoothing s: y (1 - s) + s / 2.
/// Shapes   y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors   ShapeError; ValueError for label_smoothing outside [0, 1].
/// Source   keras.losses.BinaryCrossentropy.
class BinaryCrossentropy : public Loss {
 public:
  BinaryCrossentropy(const BinaryCrossentropyOptions& options = {});
};

namespace losses {

/// The losses above before reduction; `reduction` and `name` do not matter.
Value binary_crossentropy(const Value& y_true, const Value& y_pred,
                          const BinaryCrossentropyOptions& options = {},
                          const LossContext& context = {});

}  // namespace losses
}  // namespace antler
