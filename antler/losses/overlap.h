#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"
#include "antler/ops/axes.h"

// Losses of images that are to be cut out: how far a predicted area covers the true one.
namespace antler {

struct DiceOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "dice";
  ops::Axes axis = {};
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
    field("axis", self.axis);
  }
};

/// 1 - 2 I / (sum y + sum p + 1e-7) of I = sum y p, over `axis`.
///
/// Options  axis: one or several; by default all, batch included, so that the loss is one number.
/// Shapes   y_true and y_pred the same -> without `axis`.
/// Errors   ShapeError.  Source  keras.losses.Dice; Sorensen (1948), Dice (1945).
class Dice : public Loss {
 public:
  Dice(const DiceOptions& options = {});
};

struct TverskyOptions {
  NamedOnly named_only = NamedOnly();
  double alpha = 0.5;
  double beta = 0.5;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "tversky";
  ops::Axes axis = {};
  static void visit(auto& self, auto&& field) {
    field("alpha", self.alpha);
    field("beta", self.beta);
    field("reduction", self.reduction);
    field("name", self.name);
    field("axis", self.axis);
  }
};

/// 1 - I / (I + alpha sum y (1 - p) + beta sum (1 - y) p + 1e-7) of I = sum y p, over `axis`. alpha
/// weighs what is missed, beta what is wrongly found (Keras' page tells it the other way round; its
/// numbers are these).
///
/// Options  axis: one or several; by default all, batch included, so that the loss is one number.
/// Shapes   y_true and y_pred the same -> without `axis`.
/// Errors   ShapeError.  Source  keras.losses.Tversky; Salehi et al. (2017), arXiv:1706.05721.
class Tversky : public Loss {
 public:
  Tversky(const TverskyOptions& options = {});
};

namespace losses {

/// The losses above before reduction; `reduction` and `name` do not matter.
Value dice(const Value& y_true, const Value& y_pred, const ops::Axes& axis = {});
Value tversky(const Value& y_true, const Value& y_pred, const TverskyOptions& options = {});

}  // namespace losses
}  // namespace antler
