#pragma once

#include <string>

#include "antler/layers/axes_arg.h"
#include "antler/layers/layer.h"

namespace antler {

struct PReLUOptions {
  NamedOnly named_only = NamedOnly();
  InitializerArg alpha_initializer = "zeros";
  RegularizerArg alpha_regularizer = {};
  ConstraintArg alpha_constraint = {};
  AxesArg shared_axes = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("alpha_initializer", self.alpha_initializer);
    field("alpha_regularizer", self.alpha_regularizer);
    field("alpha_constraint", self.alpha_constraint);
    field("shared_axes", self.shared_axes);
  }
};

/// Parametric ReLU: x where x > 0, alpha x elsewhere; alpha is learned.
///
/// Options  shared_axes: axes (the batch is 0) along which one alpha serves; {1, 2}: one for each
///          channel of an image.
/// Shapes   x (batch, ...) -> y, same shape; alpha: x without batch, 1 along shared axes.
/// Errors   ShapeError for an axis that is not there, and when an axis that is not shared has no
///          known size or another one than at the first call.
/// Source   keras.layers.PReLU; He et al. (2015), arXiv:1502.01852.
class PReLU : public Layer {
 public:
  PReLU(const PReLUOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
