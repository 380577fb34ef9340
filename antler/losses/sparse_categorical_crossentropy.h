#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct SparseCategoricalCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool from_logits = false;
  std::optional<std::int64_t> ignore_class = {};
  ReductionArg reduction = Reduction::sum_over_batch_size;
  int axis = -1;
  std::string name = "sparse_categorical_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("from_logits", self.from_logits);
    field("ignore_class", self.ignore_class);
    field("reduction", self.reduction);
    field("axis", self.axis);
    field("name", self.name);
  }
};

/// -log p_y for the class number y of each row; p is normalized to sum 1, then clipped to
/// [1e-7, 1 - 1e-7].
///
/// Options  from_logits: y_pred is z of p = softmax(z); nothing is clipped then.
///          ignore_class: rows of this class do not count, means are over the others.
///          axis: where the classes stand in y_pred.
/// Shapes   y_pred (..., classes, ...), y_true without the classes or with size 1 there.
/// Types    y_true: any; fractions are cut off.
/// Errors   ShapeError; a label outside [0, classes) fails the run.
/// Source   keras.losses.SparseCategoricalCrossentropy.
class SparseCategoricalCrossentropy : public Loss {
 public:
  SparseCategoricalCrossentropy(const SparseCategoricalCrossentropyOptions& options = {});
};

namespace losses {

/// The losses above before reduction, 0 where ignored; `reduction` and `name` do not matter.
Value sparse_categorical_crossentropy(const Value& y_true, const Value& y_pred,
                                      const SparseCategoricalCrossentropyOptions& options = {},
                                      const LossContext& context = {});
/// Which of them count; empty without ignore_class.
Value sparse_categorical_mask(const Value& y_true, const Value& y_pred,
                              const SparseCategoricalCrossentropyOptions& options);

}  // namespace losses
}  // namespace antler
