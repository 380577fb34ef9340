#include "antler/layers/depthwise_conv.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/cast.h"
#include "antler/ops/convolution.h"

namespace antler {
namespace {

class DepthwiseConvLayer final : public LayerWithOptions<DepthwiseConvOptions> {
 public:
  DepthwiseConvLayer(int rank, const SizesArg& kernel_size, const DepthwiseConvOptions& options)
      : LayerWithOptions(with_window(spatial_class("DepthwiseConv", rank), options, rank)),
        rank_(rank) {
    require_argument(
        class_name(), options, options.depth_multiplier >= 1,
        "expected depth_multiplier of at least 1, got " + std::to_string(options.depth_multiplier));
    with_error_prefix(layer_title(class_name(), options.name) + ": ",
                      [&] { kernel_size_ = kernel_size.resolve("kernel_size", rank); });
  }

  std::string class_name() const override { return spatial_class("DepthwiseConv", rank_); }

  void build(const Shape& input) override {
    channels_ = channels_input(input, rank_, *options().data_format).back();
    std::vector<std::int64_t> shape = kernel_size_;
    shape.push_back(channels_);
    shape.push_back(options().depth_multiplier);
    kernel_ = add_weight({.name = "kernel",
                          .shape = Shape(shape),
                          .initializer = options().depthwise_initializer,
                          .regularizer = options().depthwise_regularizer,
                          .constraint = options().depthwise_constraint});
    if (!options().use_bias) return;
    bias_ = add_weight({.name = "bias",
                        .shape = {channels_ * options().depth_multiplier},
                        .initializer = options().bias_initializer,
                        .regularizer = options().bias_regularizer,
                        .constraint = options().bias_constraint});
  }

  Value call(const Value& input, CallContext&) const override {
    spatial_input(input.shape(), rank_, *options().data_format);
    const Value x = to_channels_last(ops::cast(input, kernel_.dtype()), *options().data_format);
    require_channels(x, channels_);
    const Value y = ops::depthwise_conv(x, kernel_,
                                        {.strides = options().strides.get(),
                                         .padding = options().padding,
                                         .dilation_rate = options().dilation_rate.get()});
    return with_bias_and_activation(y, bias_, options());
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "kernel_size",
                         to_config(SizesArg(kernel_size_)));
  }

 private:
  int rank_;
  std::int64_t channels_ = 0;
  std::vector<std::int64_t> kernel_size_;
  Variable kernel_, bias_;
};

std::shared_ptr<LayerBase> make(int rank, const SizesArg& kernel_size,
                                const DepthwiseConvOptions& options) {
  return std::make_shared<DepthwiseConvLayer>(rank, kernel_size, options);
}

Layer from(int rank, const Config& config) {
  const std::string type = spatial_class("DepthwiseConv", rank);
  const auto options = layer_options<DepthwiseConvOptions>(type, config, {"kernel_size"});
  return make(rank, required_argument<SizesArg>(type, config, "kernel_size"), options);
}

}  // namespace

DepthwiseConv1D::DepthwiseConv1D(const SizesArg& kernel_size, const DepthwiseConvOptions& options)
    : Layer(make(1, kernel_size, options)) {}
Layer DepthwiseConv1D::from_config(const Config& config) { return from(1, config); }

DepthwiseConv2D::DepthwiseConv2D(const SizesArg& kernel_size, const DepthwiseConvOptions& options)
    : Layer(make(2, kernel_size, options)) {}
Layer DepthwiseConv2D::from_config(const Config& config) { return from(2, config); }

}  // namespace antler
