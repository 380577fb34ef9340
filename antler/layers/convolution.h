#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct ConvolutionOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg strides = 1;
  std::string padding = "valid";
  std::optional<std::string> data_format = {};
  SizesArg dilation_rate = 1;
  std::int64_t groups = 1;
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
    field("strides", self.strides);
    field("padding", self.padding);
    field("data_format", self.data_format);
    field("dilation_rate", self.dilation_rate);
    field("groups", self.groups);
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

/// Convolution over one spatial axis: y[o] = activation(sum over t of x[o * strides + t *
/// dilation_rate - padding] . kernel[t] + bias).
///
///   Conv1D(16, 7, {.strides = 2, .padding = "same", .activation = "relu"})
///
/// Options  filters: output channels; kernel_size; strides; padding: "valid" (none), "same" (ceil(n
///          / strides) outputs, the odd cell behind) or, for Conv1D, "causal" (all in front);
///          data_format: "channels_last", the default, or "channels_first"; dilation_rate: gaps in
///          the kernel; groups: filters see only their group of channels; activation: linear by
///          default; use_bias; how weights start, are penalized and constrained. kernel_size,
///          strides and dilation_rate: one number, or one for each spatial axis.
/// Shapes   x (batch, steps, channels) -> y (batch, new steps, filters); kernel (kernel_size,
///          channels / groups, filters), bias (filters,).
/// Errors   ValueError for arguments out of range, strides with dilation, and groups that do not
///          divide filters or channels; ShapeError for another rank, unknown or other channels, and
///          a kernel larger than its input under "valid".
/// Source   keras.layers.Conv1D.
class Conv1D : public Layer {
 public:
  Conv1D(std::int64_t filters, const SizesArg& kernel_size, const ConvolutionOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Convolution over two spatial axes: x (batch, rows, columns, channels), otherwise as Conv1D.
///
///   Conv2D(32, {3, 3}, {.activation = "relu"})
///
/// Source  keras.layers.Conv2D.
class Conv2D : public Layer {
 public:
  Conv2D(std::int64_t filters, const SizesArg& kernel_size, const ConvolutionOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Convolution over three spatial axes, otherwise as Conv1D.
///
/// Source  keras.layers.Conv3D.
class Conv3D : public Layer {
 public:
  Conv3D(std::int64_t filters, const SizesArg& kernel_size, const ConvolutionOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
