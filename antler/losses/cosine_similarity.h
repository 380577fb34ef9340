#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct CosineSimilarityOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "cosine_similarity";
  static void visit(auto& self, auto&& field) {
    field("axis", self.axis);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// -sum y_true y_pred / (|y_true| |y_pred|) along `axis`: -1 for the same direction, 0 for
/// perpendicular ones. A norm below 1e-7 counts as 1e-7, so that nothing is divided by 0.
///
/// Shapes  y_true and y_pred (..., n, ...) -> (..., ...).
/// Errors  ShapeError.  Source  keras.losses.CosineSimilarity.
class CosineSimilarity : public Loss {
 public:
  CosineSimilarity(const CosineSimilarityOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value cosine_similarity(const Value& y_true, const Value& y_pred, int axis = -1);

}  // namespace losses
}  // namespace antler
