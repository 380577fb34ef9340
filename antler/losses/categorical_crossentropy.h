#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct CategoricalCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool from_logits = false;
  double label_smoothing = 0;
  int axis = -1;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "categorical_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("from_logits", self.from_logits);
    field("label_smoothing", self.label_smoothing);
    field("axis", self.axis);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// -sum_k y_k log p_k over the classes; p is normalized to sum 1, then clipped to
/// [1e-7, 1 - 1e-7].
///
/// Options  from_logits: y_pred is z of p = softmax(z); nothing is clipped then.
///          label_smoothing s: y (1 - s) + s / classes.  axis: where the classes stand.
/// Shapes   y_true and y_pred (..., classes, ...) -> (..., ...).
/// Errors   ShapeError; ValueError for label_smoothing outside [0, 1].
/// Source   keras.losses.CategoricalCrossentropy.
class CategoricalCrossentropy : public Loss {
 public:
  CategoricalCrossentropy(const CategoricalCrossentropyOptions& options = {});
};

namespace losses {

/// The losses above before reduction; `reduction` and `name` do not matter.
Value categorical_crossentropy(const Value& y_true, const Value& y_pred,
                               const CategoricalCrossentropyOptions& options = {},
                               const LossContext& context = {});

}  // namespace losses
}  // namespace antler
