#pragma once

#include <cstdint>
#include <string>

#include "antler/layers/axes_arg.h"
#include "antler/layers/layer.h"

// Normalizations of each example by itself.
namespace antler {

struct LayerNormalizationOptions {
  NamedOnly named_only = NamedOnly();
  AxesArg axis = -1;
  double epsilon = 0.001;
  bool center = true;
  bool scale = true;
  InitializerArg beta_initializer = "zeros";
  InitializerArg gamma_initializer = "ones";
  RegularizerArg beta_regularizer = {};
  RegularizerArg gamma_regularizer = {};
  ConstraintArg beta_constraint = {};
  ConstraintArg gamma_constraint = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
    field("epsilon", self.epsilon);
    field("center", self.center);
    field("scale", self.scale);
    field("beta_initializer", self.beta_initializer);
    field("gamma_initializer", self.gamma_initializer);
    field("beta_regularizer", self.beta_regularizer);
    field("gamma_regularizer", self.gamma_regularizer);
    field("beta_constraint", self.beta_constraint);
    field("gamma_constraint", self.gamma_constraint);
  }
};

/// Mean 0 and variance 1 along axes of each example, then scaled and moved by what is learned:
/// y = (x - mean) / sqrt(variance + epsilon) * gamma + beta, with the biased variance.
///
/// Options  axis: one axis or several; center, scale: whether there is a beta, a gamma.
/// Shapes   x (batch, ...) -> y, same shape; gamma and beta of x's sizes along `axis`.
/// Errors   ValueError for no axis; ShapeError for an axis that x does not have or whose size is
///          not known.
/// Source   keras.layers.LayerNormalization; Ba et al. (2016), arXiv:1607.06450.
class LayerNormalization : public Layer {
 public:
  LayerNormalization(const LayerNormalizationOptions& options = {});
  static Layer from_config(const Config& config);
};

struct GroupNormalizationOptions {
  NamedOnly named_only = NamedOnly();
  std::int64_t groups = 32;
  int axis = -1;
  double epsilon = 0.001;
  bool center = true;
  bool scale = true;
  InitializerArg beta_initializer = "zeros";
  InitializerArg gamma_initializer = "ones";
  RegularizerArg beta_regularizer = {};
  RegularizerArg gamma_regularizer = {};
  ConstraintArg beta_constraint = {};
  ConstraintArg gamma_constraint = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("groups", self.groups);
    field("axis", self.axis);
    field("epsilon", self.epsilon);
    field("center", self.center);
    field("scale", self.scale);
    field("beta_initializer", self.beta_initializer);
    field("gamma_initializer", self.gamma_initializer);
    field("beta_regularizer", self.beta_regularizer);
    field("gamma_regularizer", self.gamma_regularizer);
    field("beta_constraint", self.beta_constraint);
    field("gamma_constraint", self.gamma_constraint);
  }
};

/// Mean 0 and variance 1 for each example and group of neighbouring channels, then scaled and moved
/// channel by channel.
///
/// Options  groups: how many, -1 for one a channel (instance normalization); axis: the channels'.
/// Shapes   x (batch, ...) -> y, same shape; gamma and beta (channels,).
/// Errors   ValueError for groups that are neither positive nor -1; ShapeError for an axis that x
///          does not have, of unknown size, or that the groups do not divide.
/// Source   keras.layers.GroupNormalization; Wu & He (2018), arXiv:1803.08494.
class GroupNormalization : public Layer {
 public:
  GroupNormalization(const GroupNormalizationOptions& options = {});
  static Layer from_config(const Config& config);
};

struct RMSNormalizationOptions {
  NamedOnly named_only = NamedOnly();
  AxesArg axis = -1;
  double epsilon = 1e-6;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
    field("epsilon", self.epsilon);
  }
};

/// y = x / sqrt(mean(x^2) + epsilon) * scale, with the mean along `axis`.
///
/// Shapes   x (batch, ...) -> y, same shape; scale of x's sizes along `axis`, broadcast over the
///          last axes, as in Keras.
/// Errors   As LayerNormalization.
/// Source   keras.layers.RMSNormalization; Zhang & Sennrich (2019), arXiv:1910.07467.
class RMSNormalization : public Layer {
 public:
  RMSNormalization(const RMSNormalizationOptions& options = {});
  static Layer from_config(const Config& config);
};

struct UnitNormalizationOptions {
  NamedOnly named_only = NamedOnly();
  AxesArg axis = -1;
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("axis", self.axis);
  }
};

/// Length 1 along `axis`: y = x / max(sqrt(sum x^2), 1e-12).
///
/// Shapes   x (batch, ...) -> y, same shape.
/// Errors   ShapeError for an axis that x does not have.
/// Source   keras.layers.UnitNormalization.
class UnitNormalization : public Layer {
 public:
  UnitNormalization(const UnitNormalizationOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
