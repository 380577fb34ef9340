#pragma once

#include <optional>
#include <string>

#include "antler/layers/layer.h"

namespace antler {

/// Bounds of BatchNormalization's corrections; by default there are none. Errors are
/// BatchNormalization's.
struct RenormClipping {
  std::optional<double> rmax = {};
  std::optional<double> rmin = {};
  std::optional<double> dmax = {};
};
Config to_config(const RenormClipping& clipping);
void from_config(const Config& config, RenormClipping& clipping);

struct BatchNormalizationOptions {
  NamedOnly named_only = NamedOnly();
  int axis = -1;
  double momentum = 0.99;
  double epsilon = 0.001;
  bool center = true;
  bool scale = true;
  InitializerArg beta_initializer = "zeros";
  InitializerArg gamma_initializer = "ones";
  InitializerArg moving_mean_initializer = "zeros";
  InitializerArg moving_variance_initializer = "ones";
  RegularizerArg beta_regularizer = {};
  RegularizerArg gamma_regularizer = {};
  ConstraintArg beta_constraint = {};
  ConstraintArg gamma_constraint = {};
  bool renorm = false;
  RenormClipping renorm_clipping = {};
  double renorm_momentum = 0.99;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
    field("momentum", self.momentum);
    field("epsilon", self.epsilon);
    field("center", self.center);
    field("scale", self.scale);
    field("beta_initializer", self.beta_initializer);
    field("gamma_initializer", self.gamma_initializer);
    field("moving_mean_initializer", self.moving_mean_initializer);
    field("moving_variance_initializer", self.moving_variance_initializer);
    field("beta_regularizer", self.beta_regularizer);
    field("gamma_regularizer", self.gamma_regularizer);
    field("beta_constraint", self.beta_constraint);
    field("gamma_constraint", self.gamma_constraint);
    field("renorm", self.renorm);
    field("renorm_clipping", self.renorm_clipping);
    field("renorm_momentum", self.renorm_momentum);
  }
};

/// Each channel of mean 0 and variance 1 over the batch, then scaled and moved by what is learned:
/// y = (x - mean) / sqrt(variance + epsilon) * gamma + beta.
///
/// In training mean and (biased) variance are those of the batch, and moving averages follow them:
/// moving = momentum moving + (1 - momentum) batch. Elsewhere, and when the layer is not trainable,
/// the moving averages take their place.
///
/// Options  axis: the channels'; center, scale: whether there is a beta, a gamma; renorm: the
///          batch's numbers are corrected towards averages of their own, by factors that
///          renorm_clipping bounds.
/// Shapes   x (batch, ...) -> y, same shape; a mask has one dimension less, and steps that it
///          leaves out do not count. Weights: gamma, beta, moving_mean, moving_variance, with
///          renorm also moving_stddev, renorm_mean, renorm_stddev, each (channels,).
/// Errors   ValueError for bounds that exclude each other; ShapeError for an axis that x does not
///          have, of unknown size, or of another size than at the first call.
/// Source   keras.layers.BatchNormalization; Ioffe & Szegedy (2015), arXiv:1502.03167; renorm:
///          Ioffe (2017), arXiv:1702.03275.
class BatchNormalization : public Layer {
 public:
  BatchNormalization(const BatchNormalizationOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
