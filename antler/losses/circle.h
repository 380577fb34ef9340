#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct CircleOptions {
  NamedOnly named_only = NamedOnly();
  double gamma = 80;
  double margin = 0.4;
  bool remove_diagonal = true;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "circle";
  static void visit(auto& self, auto&& field) {
    field("gamma", self.gamma);
    field("margin", self.margin);
    field("remove_diagonal", self.remove_diagonal);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// softplus(log sum_{j like i} e^(-gamma max(m + d, 0)(m - d)) +
///          log sum_{j unlike i} e^(gamma max(1 + m - d, 0)(1 - m - d))) for each example i of a
/// batch, d = max(1 - <p_i, p_j>, 0): draws embeddings of one class together, others apart. Only
/// examples of a loss above 0 count in means.
///
/// Options  gamma: scale.  margin m.  remove_diagonal: an example is not its own like.
/// Shapes   y_true (batch,) or (batch, 1), class numbers; y_pred (batch, n) -> (batch,). Rows
///          of y_pred should have length 1, by UnitNormalization for one.
/// Errors   ShapeError.  Source  keras.losses.Circle; Sun et al. (2020), arXiv:2002.10857.
class Circle : public Loss {
 public:
  Circle(const CircleOptions& options = {});
};

namespace losses {

/// The losses above before reduction; `reduction` and `name` do not matter.
Value circle(const Value& y_true, const Value& y_pred, const CircleOptions& options = {});

}  // namespace losses
}  // namespace antler
