#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct SeparableConvOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg strides = 1;
  std::string padding = "valid";
  std::optional<std::string> data_format = {};
  SizesArg dilation_rate = 1;
  std::int64_t depth_multiplier = 1;
  ActivationArg activation = {};
  bool use_bias = true;
  InitializerArg depthwise_initializer = "glorot_uniform";
  InitializerArg pointwise_initializer = "glorot_uniform";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg depthwise_regularizer = {};
  RegularizerArg pointwise_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg depthwise_constraint = {};
  ConstraintArg pointwise_constraint = {};
  ConstraintArg bias_constraint = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("strides", self.strides);
    field("padding", self.padding);
    field("data_format", self.data_format);
    field("dilation_rate", self.dilation_rate);
    field("depth_multiplier", self.depth_multiplier);
    field("activation", self.activation);
    field("use_bias", self.use_bias);
    field("depthwise_initializer", self.depthwise_initializer);
    field("pointwise_initializer", self.pointwise_initializer);
    field("bias_initializer", self.bias_initializer);
    field("depthwise_regularizer", self.depthwise_regularizer);
    field("pointwise_regularizer", self.pointwise_regularizer);
    field("bias_regularizer", self.bias_regularizer);
    field("depthwise_constraint", self.depthwise_constraint);
    field("pointwise_constraint", self.pointwise_constraint);
    field("bias_constraint", self.bias_constraint);
  }
};

/// A depthwise convolution, then one of size 1 that mixes its channels.
///
///   SeparableConv1D(16, 3, {.padding = "same"})
///
/// Options  as Conv1D, without groups and "causal"; depth_multiplier: filters a channel of the
///          depthwise part.
/// Shapes   x (batch, steps, channels) -> y (batch, new steps, filters); depthwise_kernel
///          (kernel_size, channels, depth_multiplier), pointwise_kernel (1, channels *
///          depth_multiplier, filters), bias (filters,).
/// Errors   as DepthwiseConv1D.
/// Source   keras.layers.SeparableConv1D; Chollet (2017), arXiv:1610.02357.
class SeparableConv1D : public Layer {
 public:
  SeparableConv1D(std::int64_t filters, const SizesArg& kernel_size,
                  const SeparableConvOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as SeparableConv1D.
///
/// Source  keras.layers.SeparableConv2D.
class SeparableConv2D : public Layer {
 public:
  SeparableConv2D(std::int64_t filters, const SizesArg& kernel_size,
                  const SeparableConvOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
