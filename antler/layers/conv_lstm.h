#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/layers/recurrent.h"
#include "antler/layers/sizes_arg.h"

namespace antler {

struct ConvLSTMOptions {
  NamedOnly named_only = NamedOnly();
  SizesArg strides = 1;
  std::string padding = "valid";
  std::optional<std::string> data_format = {};
  SizesArg dilation_rate = 1;
  ActivationArg activation = "tanh";
  ActivationArg recurrent_activation = "sigmoid";
  bool use_bias = true;
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg recurrent_initializer = "orthogonal";
  InitializerArg bias_initializer = "zeros";
  bool unit_forget_bias = true;
  RegularizerArg kernel_regularizer = {};
  RegularizerArg recurrent_regularizer = {};
  RegularizerArg bias_regularizer = {};
  RegularizerArg activity_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg recurrent_constraint = {};
  ConstraintArg bias_constraint = {};
  double dropout = 0;
  double recurrent_dropout = 0;
  std::optional<std::int64_t> seed = {};
  bool return_sequences = false;
  bool return_state = false;
  bool go_backwards = false;
  bool stateful = false;
  bool unroll = false;
  bool zero_output_for_mask = false;
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    visit_recurrent_flags(self, field);
    visit_recurrent_weights(self, field);
    field("strides", self.strides);
    field("padding", self.padding);
    field("data_format", self.data_format);
    field("dilation_rate", self.dilation_rate);
    field("recurrent_activation", self.recurrent_activation);
    field("unit_forget_bias", self.unit_forget_bias);
  }
};

/// LSTM with convolutions in place of matrix products, over one spatial axis: the input's with
/// strides, padding and dilation, the state's with padding "same".
///
/// Options  filters: channels of the states; kernel_size, strides, padding, data_format,
///          dilation_rate: as Conv1D's; the others as LSTM's.
/// Shapes   x (batch, time, steps, channels) -> (batch, new steps, filters), or with
///          return_sequences (batch, time, new steps, filters). Weights: kernel (kernel_size,
///          channels, 4 filters), recurrent_kernel (kernel_size, filters, 4 filters),
///          bias (4 filters,), parts in the order i, f, c, o.
/// Errors   ValueError for arguments out of range, and strides with dilation; ShapeError for
///          another rank, unknown or other channels; TypeError for integers.
/// Source   keras.layers.ConvLSTM1D; Shi et al. (2015), arXiv:1506.04214.
class ConvLSTM1D : public RNN {
 public:
  ConvLSTM1D(std::int64_t filters, const SizesArg& kernel_size,
             const ConvLSTMOptions& options = {});
  static Layer from_config(const Config& config);
};

/// ConvLSTM1D over two spatial axes.  Source  keras.layers.ConvLSTM2D.
class ConvLSTM2D : public RNN {
 public:
  ConvLSTM2D(std::int64_t filters, const SizesArg& kernel_size,
             const ConvLSTMOptions& options = {});
  static Layer from_config(const Config& config);
};

/// ConvLSTM1D over three spatial axes.  Source  keras.layers.ConvLSTM3D.
class ConvLSTM3D : public RNN {
 public:
  ConvLSTM3D(std::int64_t filters, const SizesArg& kernel_size,
             const ConvLSTMOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
