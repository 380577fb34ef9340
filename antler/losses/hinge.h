#pragma once

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct HingeOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "hinge";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// max(1 - y_true y_pred, 0), the mean over the last axis; labels are -1 and 1. When all labels of
/// a batch are 0 or 1, its zeros are taken as -1.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.Hinge.
class Hinge : public Loss {
 public:
  Hinge(const HingeOptions& options = {});
};

struct SquaredHingeOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "squared_hinge";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// max(1 - y_true y_pred, 0)^2, the mean over the last axis; labels as for Hinge.
///
/// Shapes  y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors  ShapeError.  Source  keras.losses.SquaredHinge.
class SquaredHinge : public Loss {
 public:
  SquaredHinge(const SquaredHingeOptions& options = {});
};

struct CategoricalHingeOptions {
  NamedOnly named_only = NamedOnly();
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "categorical_hinge";
  static void visit(auto& self, auto&& field) {
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// max(max_k (1 - y_k) p_k - sum_k y_k p_k + 1, 0) over the classes on the last axis; labels are
/// one-hot.
///
/// Shapes  y_true and y_pred (..., classes) -> (...).
/// Errors  ShapeError.  Source  keras.losses.CategoricalHinge.
class CategoricalHinge : public Loss {
 public:
  CategoricalHinge(const CategoricalHingeOptions& options = {});
};

namespace losses {

/// The losses above before reduction.
Value hinge(const Value& y_true, const Value& y_pred);
Value squared_hinge(const Value& y_true, const Value& y_pred);
Value categorical_hinge(const Value& y_true, const Value& y_pred);

}  // namespace losses
}  // namespace antler
