#pragma once

#include <initializer_list>
#include <utility>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/losses/loss.h"

namespace antler {

struct BinaryFocalCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  bool apply_class_balancing = false;
  double alpha = 0.25;
  double gamma = 2;
  bool from_logits = false;
  double label_smoothing = 0;
  int axis = -1;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "binary_focal_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("apply_class_balancing", self.apply_class_balancing);
    field("alpha", self.alpha);
    field("gamma", self.gamma);
    field("from_logits", self.from_logits);
    field("label_smoothing", self.label_smoothing);
    field("axis", self.axis);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// (1 - p_t)^gamma times the binary cross-entropy, the mean over `axis`; p_t = y p + (1 - y)(1 -
/// p). What is already right counts little.
///
/// Options  gamma: how little.  apply_class_balancing: also times alpha y + (1 - alpha)(1 - y).
///          from_logits: y_pred is z of p = sigmoid(z). The logarithms are of p clipped to
///          [1e-7, 1 - 1e-7] in any case.  label_smoothing s: y (1 - s) + s / 2.
/// Shapes   y_true and y_pred (..., n) -> (...); (batch,) beside (batch, 1) is fine.
/// Errors   ShapeError; ValueError for label_smoothing outside [0, 1] and gamma below 0.
/// Source   keras.losses.BinaryFocalCrossentropy; Lin et al. (2018), arXiv:1708.02002.
class BinaryFocalCrossentropy : public Loss {
 public:
  BinaryFocalCrossentropy(const BinaryFocalCrossentropyOptions& options = {});
};

/// One factor for all classes, or one for each.
class ClassFactorsArg {
 public:
  ClassFactorsArg(double factor);
  ClassFactorsArg(std::initializer_list<double> factors);
  ClassFactorsArg(std::vector<double> factors);

  const std::vector<double>& get() const { return factors_; }
  bool is_single() const { return is_single_; }

 private:
  std::vector<double> factors_;
  bool is_single_ = false;
};
/// A number, or a list.
Config to_config(const ClassFactorsArg& factors);
void from_config(const Config& config, ClassFactorsArg& factors);

struct CategoricalFocalCrossentropyOptions {
  NamedOnly named_only = NamedOnly();
  ClassFactorsArg alpha = 0.25;
  double gamma = 2;
  bool from_logits = false;
  double label_smoothing = 0;
  int axis = -1;
  ReductionArg reduction = Reduction::sum_over_batch_size;
  std::string name = "categorical_focal_crossentropy";
  static void visit(auto& self, auto&& field) {
    field("alpha", self.alpha);
    field("gamma", self.gamma);
    field("from_logits", self.from_logits);
    field("label_smoothing", self.label_smoothing);
    field("axis", self.axis);
    field("reduction", self.reduction);
    field("name", self.name);
  }
};

/// -sum_k alpha (1 - p_k)^gamma y_k log p_k over the classes; p is normalized to sum 1, then
/// clipped to [1e-7, 1 - 1e-7].
///
/// Options  alpha: one factor, or one for each class.  gamma: how little counts what is right.
///          from_logits: y_pred is z of p = softmax(z).  axis: where the classes stand.
///          label_smoothing s: y (1 - s) + s / n, n the size of the last axis.
/// Shapes   y_true and y_pred (..., classes, ...) -> (..., ...).
/// Errors   ShapeError, also for a number of factors that is not that of the classes; ValueError
///          for label_smoothing outside [0, 1] and gamma below 0.
/// Source   keras.losses.CategoricalFocalCrossentropy; Lin et al. (2018), arXiv:1708.02002.
class CategoricalFocalCrossentropy : public Loss {
 public:
  CategoricalFocalCrossentropy(const CategoricalFocalCrossentropyOptions& options = {});
};

namespace losses {

/// The losses above before reduction; `reduction` and `name` do not matter.
Value binary_focal_crossentropy(const Value& y_true, const Value& y_pred,
                                const BinaryFocalCrossentropyOptions& options = {});
Value categorical_focal_crossentropy(const Value& y_true, const Value& y_pred,
                                     const CategoricalFocalCrossentropyOptions& options = {});

}  // namespace losses
}  // namespace antler
