#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct ConvTransposeOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg strides = 1;
  std::string padding = "valid";
  SizesArg output_padding = {};
  std::optional<std::string> data_format = {};
  SizesArg dilation_rate = 1;
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
    field("output_padding", self.output_padding);
    field("data_format", self.data_format);
    field("dilation_rate", self.dilation_rate);
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

/// Transposed convolution over one spatial axis: the gradient of a convolution in its input, which
/// makes the axis longer where that one makes it shorter.
///
///   Conv1DTranspose(8, 3, {.strides = 2, .padding = "same"})
///
/// Options  as Conv1D, without groups and "causal"; output_padding: None, or one number or one for
///          each axis, below strides: how many cells longer the output is than the shortest that
///          fits.
/// Shapes   x (batch, steps, channels) -> y (batch, new steps, filters); without output_padding
///          steps * strides ("same") or (steps - 1) * strides + max(span, strides) ("valid"), span
///          = (kernel_size - 1) * dilation_rate + 1; kernel (kernel_size, filters, channels).
/// Errors   ValueError for arguments out of range, strides with dilation; ShapeError for another
///          rank, unknown or other channels.
/// Source   keras.layers.Conv1DTranspose.
class Conv1DTranspose : public Layer {
 public:
  Conv1DTranspose(std::int64_t filters, const SizesArg& kernel_size,
                  const ConvTransposeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over two spatial axes; otherwise as Conv1DTranspose.
///
/// Source  keras.layers.Conv2DTranspose.
class Conv2DTranspose : public Layer {
 public:
  Conv2DTranspose(std::int64_t filters, const SizesArg& kernel_size,
                  const ConvTransposeOptions& options = {});
  static Layer from_config(const Config& config);
};

/// Over three spatial axes; otherwise as Conv1DTranspose.
///
/// Source  keras.layers.Conv3DTranspose.
class Conv3DTranspose : public Layer {
 public:
  Conv3DTranspose(std::int64_t filters, const SizesArg& kernel_size,
                  const ConvTransposeOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
