#pragma once

#include <cstdint>
#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"

namespace antler {

struct DenseOptions {
  NamedOnly named_only = NamedOnly();
  ActivationArg activation = {};
  bool use_bias = true;
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg kernel_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg bias_constraint = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("activation", self.activation);
    field("use_bias", self.use_bias);
    field("kernel_initializer", self.kernel_initializer);
    field("bias_initializer", self.bias_initializer);
    field("kernel_regularizer", self.kernel_regularizer);
    field("bias_regularizer", self.bias_regularizer);
    field("kernel_constraint", self.kernel_constraint);
    field("bias_constraint", self.bias_constraint);
  }
};

/// A fully connected layer on the last axis: y = activation(x . kernel + bias).
///
/// Options  units: size of the output's last axis; activation: linear by default; use_bias; how
///          weights start, are penalized (added to the loss) and constrained.
/// Shapes   x (batch, ..., n) -> y (batch, ..., units); kernel (n, units), bias (units,).
/// Errors   ValueError for units < 1; ShapeError for rank below 2, an unknown n, or another n than
///          at the first call.
/// Source   keras.layers.Dense.
class Dense : public Layer {
 public:
  Dense(std::int64_t units, const DenseOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
