#include "antler/layers/conv_lstm.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/layers/data_format.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/recurrent_dropout.h"
#include "antler/layers/recurrent_layer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/convolution.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

class ConvLSTMCellLayer final : public RNNCellBase {
 public:
  ConvLSTMCellLayer(std::string_view owner, int rank, std::int64_t filters,
                    const SizesArg& kernel_size, const ConvLSTMOptions& options)
      : RNNCellBase(LayerCommon{"conv_lstm_cell", options.dtype, options.trainable, {}}),
        rank_(rank),
        filters_(filters),
        options_(options) {
    with_error_prefix(layer_title(owner, options.name) + ": ", [&] {
      kernel_size_ = kernel_size.resolve("kernel_size", rank);
      input_.strides = options.strides.resolve("strides", rank);
      input_.dilation_rate = options.dilation_rate.resolve("dilation_rate", rank);
      input_.padding = checked_choice("padding", options.padding, {"valid", "same"});
      data_format_ = checked_data_format(options.data_format);
    });
    const auto largest = [](const std::vector<std::int64_t>& sizes) {
      return *std::max_element(sizes.begin(), sizes.end());
    };
    require_argument(owner, options, filters >= 1,
                     "expected filters of at least 1, got " + std::to_string(filters));
    require_argument(owner, options,
                     largest(input_.strides) == 1 || largest(input_.dilation_rate) == 1,
                     "expected strides or dilation_rate to be 1, got both above");
    options_.dropout = std::clamp(options.dropout, 0.0, 1.0);
    options_.recurrent_dropout = std::clamp(options.recurrent_dropout, 0.0, 1.0);
  }

  std::string class_name() const override { return "ConvLSTMCell"; }
  std::vector<std::int64_t> state_size() const override { return {filters_, filters_}; }

  std::vector<Shape> state_shapes(const Shape& input) const override {
    const Value x = to_channels_last(make_input({input, dtype()}), data_format_);
    const Value y = from_channels_last(ops::conv(x, kernel_part(0), input_), data_format_);
    return {y.shape(), y.shape()};
  }

  void build(const Shape& input) override {
    const Shape last = to_channels_last(input, data_format_);
    if (input.rank() != rank_ + 2 || last.back() == None) {
      throw ShapeError("expected " + std::to_string(rank_ + 2) +
                       " dimensions a step with known channels, got " + input.to_string());
    }
    kernel_ = add_weight({.name = "kernel",
                          .shape = kernel_shape(last.back()),
                          .initializer = options_.kernel_initializer,
                          .regularizer = options_.kernel_regularizer,
                          .constraint = options_.kernel_constraint});
    recurrent_kernel_ = add_weight({.name = "recurrent_kernel",
                                    .shape = kernel_shape(filters_),
                                    .initializer = options_.recurrent_initializer,
                                    .regularizer = options_.recurrent_regularizer,
                                    .constraint = options_.recurrent_constraint});
    if (!options_.use_bias) return;
    bias_ = add_weight({.name = "bias",
                        .shape = {4 * filters_},
                        .initializer = options_.bias_initializer,
                        .regularizer = options_.bias_regularizer,
                        .constraint = options_.bias_constraint});
    if (!options_.unit_forget_bias) return;
    const Tensor ones = Tensor::ones({filters_}, bias_.dtype());
    Tensor bias = bias_.read();
    std::copy_n(ones.raw(), ones.byte_size(), bias.mutable_raw() + ones.byte_size());
    bias_.assign(bias);
  }

  Step step(const Value& x, const std::vector<Value>& states, CallContext& context) const override {
    const Value h = to_channels_last(states[0], data_format_);
    const Value c = to_channels_last(states[1], data_format_);
    const Value inputs = to_channels_last(ops::cast(x, kernel_.dtype()), data_format_);
    Value input = product(inputs, kernel_, input_, options_.dropout, context);
    if (bias_) input = input + bias_;
    const Value z = input + product(h, recurrent_kernel_, {.padding = "same"},
                                    options_.recurrent_dropout, context);
    const auto& gate = options_.recurrent_activation;
    const std::vector<Value> parts = ops::split(z, 4, -1);
    const Value next_c = gate(parts[1]) * c + gate(parts[0]) * options_.activation(parts[2]);
    const Value next_h =
        from_channels_last(gate(parts[3]) * options_.activation(next_c), data_format_);
    return {next_h, {next_h, from_channels_last(next_c, data_format_)}};
  }

 private:
  Shape kernel_shape(std::int64_t channels) const {
    std::vector<std::int64_t> shape = kernel_size_;
    shape.push_back(channels);
    shape.push_back(4 * filters_);
    return Shape(shape);
  }
  Value kernel_part(int part) const {
    return ops::slice_axis(kernel_, -1, part * filters_, (part + 1) * filters_);
  }

  // Keras drops other features for each gate.
  Value product(const Value& x, const Value& kernel, const ops::ConvOptions& window, double rate,
                CallContext& context) const {
    if (!context.training() || rate <= 0 || rate >= 1) return ops::conv(x, kernel, window);
    std::vector<Value> products;
    for (const Value& part : ops::split(kernel, 4, -1)) {
      const Value mask = recurrent_dropout_mask(x, rate, options_.seed, context);
      products.push_back(ops::conv(x * mask, part, window));
    }
    return ops::concatenate(products);
  }

  int rank_;
  std::int64_t filters_;
  ConvLSTMOptions options_;
  std::vector<std::int64_t> kernel_size_;
  ops::ConvOptions input_;
  std::string data_format_;
  Variable kernel_, recurrent_kernel_, bias_;
};

constexpr std::string_view kClasses[] = {"ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"};

std::shared_ptr<LayerBase> make_conv_lstm(int rank, std::int64_t filters,
                                          const SizesArg& kernel_size,
                                          const ConvLSTMOptions& options) {
  const std::string_view type = kClasses[rank - 1];
  const Layer cell(std::make_shared<ConvLSTMCellLayer>(type, rank, filters, kernel_size, options));
  Config arguments = Config::map();
  ConvLSTMOptions::visit(options, [&](std::string_view key, const auto& field) {
    const bool is_common =
        key == "name" || key == "trainable" || key == "dtype" || key == "activity_regularizer";
    if (!is_common) arguments.set(key, to_config(field));
  });
  arguments.set("filters", filters);
  arguments.set("kernel_size", to_config(SizesArg(kernel_size.resolve("kernel_size", rank))));
  arguments.set("strides", to_config(SizesArg(options.strides.resolve("strides", rank))));
  arguments.set("dilation_rate",
                to_config(SizesArg(options.dilation_rate.resolve("dilation_rate", rank))));
  arguments.set("data_format", checked_data_format(options.data_format));
  return std::make_shared<RecurrentLayer>(
      type,
      LayerCommon{options.name, options.dtype, options.trainable, options.activity_regularizer},
      cell, RecurrentFlags::of(options), std::move(arguments));
}

template <class T>
Layer conv_lstm_from_config(int rank, const Config& config) {
  const std::string_view type = kClasses[rank - 1];
  const auto options = layer_options<ConvLSTMOptions>(type, config, {"filters", "kernel_size"});
  return T(required_argument<std::int64_t>(type, config, "filters"),
           required_argument<SizesArg>(type, config, "kernel_size"), options);
}

}  // namespace

ConvLSTM1D::ConvLSTM1D(std::int64_t filters, const SizesArg& kernel_size,
                       const ConvLSTMOptions& options)
    : RNN(make_conv_lstm(1, filters, kernel_size, options)) {}
ConvLSTM2D::ConvLSTM2D(std::int64_t filters, const SizesArg& kernel_size,
                       const ConvLSTMOptions& options)
    : RNN(make_conv_lstm(2, filters, kernel_size, options)) {}
ConvLSTM3D::ConvLSTM3D(std::int64_t filters, const SizesArg& kernel_size,
                       const ConvLSTMOptions& options)
    : RNN(make_conv_lstm(3, filters, kernel_size, options)) {}

Layer ConvLSTM1D::from_config(const Config& config) {
  return conv_lstm_from_config<ConvLSTM1D>(1, config);
}
Layer ConvLSTM2D::from_config(const Config& config) {
  return conv_lstm_from_config<ConvLSTM2D>(2, config);
}
Layer ConvLSTM3D::from_config(const Config& config) {
  return conv_lstm_from_config<ConvLSTM3D>(3, config);
}

}  // namespace antler
