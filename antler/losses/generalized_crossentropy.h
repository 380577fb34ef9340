#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct CategoricalGeneralizedCrossEntropyOptions {
  NamedOnly named_only = NamedOnly();
  double q = 0.5;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "categorical_generalized_cross_entropy";
  static void visit(auto& self, auto&& field) {
    field("q", self.q);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// (1 - p_y^q) / q for the class number y of each row: between cross-entropy (q near 0) and
/// absolute error (q near 1), so that wrong labels do less harm.
///
/// Shapes  y_pred (..., classes), y_true (...) or (..., 1) -> (...).
/// Types   y_true: any; fractions are cut off.
/// Errors  ShapeError; ValueError for q outside (0, 1); a label outside [0, classes) fails the run.
/// Source  keras.losses.CategoricalGeneralizedCrossEntropy; Zhang and Sabuncu (2018),
///         arXiv:1805.07836.
class CategoricalGeneralizedCrossEntropy : public Loss {
 public:
  CategoricalGeneralizedCrossEntropy(const CategoricalGeneralizedCrossEntropyOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value categorical_generalized_cross_entropy(const Value& y_true, const Value& y_pred,
                                            double q = 0.5, const LossContext& context = {});

}  // namespace losses
}  // namespace antler
