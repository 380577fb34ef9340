#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct DepthwiseConvOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg strides = 1;
  std::string padding = "valid";
  std::int64_t depth_multiplier = 1;
  std::optional<std::string> data_format = {};
  SizesArg dilation_rate = 1;
  ActivationArg activation = {};
  bool use_bias = true;
  InitializerArg depthwise_initializer = "glorot_uniform";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg depthwise_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg depthwise_constraint = {};
  ConstraintArg bias_constraint = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("strides", self.strides);
    field("padding", self.padding);
    field("depth_multiplier", self.depth_multiplier);
    field("data_format", self.data_format);
    field("dilation_rate", self.dilation_rate);
    field("activation", self.activation);
    field("use_bias", self.use_bias);
    field("depthwise_initializer", self.depthwise_initializer);
    field("bias_initializer", self.bias_initializer);
    field("depthwise_regularizer", self.depthwise_regularizer);
    field("bias_regularizer", self.bias_regularizer);
    field("depthwise_constraint", self.depthwise_constraint);
    field("bias_constraint", self.bias_constraint);
  }
};

/// Convolution of each channel by itself over one spatial axis, with depth_multiplier filters.
///
///   DepthwiseConv1D(3, {.depth_multiplier = 2})
///
/// Options  as Conv1D, without filters, groups and "causal"; depth_multiplier: filters a channel.
/// Shapes   x (batch, steps, channels) -> y (batch, new steps, channels * depth_multiplier); kernel
///          (kernel_size, channels, depth_multiplier).
/// Errors   ValueError for arguments out of range; ShapeError for another rank, unknown or other
///          channels, and a kernel larger than its input under "valid".
/// Source   keras.layers.DepthwiseConv1D.
class DepthwiseConv1D : public Layer {
 public:
  DepthwiseConv1D(const SizesArg& kernel_size, const DepthwiseConvOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as DepthwiseConv1D.
///
/// Source  keras.layers.DepthwiseConv2D.
class DepthwiseConv2D : public Layer {
 public:
  DepthwiseConv2D(const SizesArg& kernel_size, const DepthwiseConvOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
