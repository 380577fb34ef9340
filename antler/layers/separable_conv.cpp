#include "antler/layers/separable_conv.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/cast.h"
#include "antler/ops/convolution.h"

namespace antler {
namespace {

class SeparableConvLayer final : public LayerWithOptions<SeparableConvOptions> {
 public:
  SeparableConvLayer(int rank, std::int64_t filters, const SizesArg& kernel_size,
                     const SeparableConvOptions& options)
      : LayerWithOptions(with_window(spatial_class("SeparableConv", rank), options, rank)),
        rank_(rank),
        filters_(filters) {
    const std::string type = class_name();
    require_argument(
        type, options, options.depth_multiplier >= 1,
        "expected depth_multiplier of at least 1, got " + std::to_string(options.depth_multiplier));
    require_argument(type, options, filters >= 1,
                     "expected filters of at least 1, got " + std::to_string(filters));
    with_error_prefix(layer_title(type, options.name) + ": ",
                      [&] { kernel_size_ = kernel_size.resolve("kernel_size", rank); });
  }

  std::string class_name() const override { return spatial_class("SeparableConv", rank_); }

  void build(const Shape& input) override {
    channels_ = channels_input(input, rank_, *options().data_format).back();
    std::vector<std::int64_t> depthwise = kernel_size_;
    depthwise.push_back(channels_);
    depthwise.push_back(options().depth_multiplier);
    std::vector<std::int64_t> pointwise(kernel_size_.size(), 1);
    pointwise.push_back(channels_ * options().depth_multiplier);
    pointwise.push_back(filters_);
    depthwise_kernel_ = add_weight({.name = "depthwise_kernel",
                                    .shape = Shape(depthwise),
                                    .initializer = options().depthwise_initializer,
                                    .regularizer = options().depthwise_regularizer,
                                    .constraint = options().depthwise_constraint});
    pointwise_kernel_ = add_weight({.name = "pointwise_kernel",
                                    .shape = Shape(pointwise),
                                    .initializer = options().pointwise_initializer,
                                    .regularizer = options().pointwise_regularizer,
                                    .constraint = options().pointwise_constraint});
    if (!options().use_bias) return;
    bias_ = add_weight({.name = "bias",
                        .shape = {filters_},
                        .initializer = options().bias_initializer,
                        .regularizer = options().bias_regularizer,
                        .constraint = options().bias_constraint});
  }

  Value call(const Value& input, CallContext&) const override {
    spatial_input(input.shape(), rank_, *options().data_format);
    const Value x =
        to_channels_last(ops::cast(input, depthwise_kernel_.dtype()), *options().data_format);
    require_channels(x, channels_);
    const Value y = ops::separable_conv(x, depthwise_kernel_, pointwise_kernel_,
                                        {.strides = options().strides.get(),
                                         .padding = options().padding,
                                         .dilation_rate = options().dilation_rate.get()});
    return with_bias_and_activation(y, bias_, options());
  }

  Config get_config() const override {
    const Config config = with_argument(LayerWithOptions::get_config(), "filters", filters_);
    return with_argument(config, "kernel_size", to_config(SizesArg(kernel_size_)));
  }

 private:
  int rank_;
  std::int64_t filters_;
  std::int64_t channels_ = 0;
  std::vector<std::int64_t> kernel_size_;
  Variable depthwise_kernel_, pointwise_kernel_, bias_;
};

std::shared_ptr<LayerBase> make(int rank, std::int64_t filters, const SizesArg& kernel_size,
                                const SeparableConvOptions& options) {
  return std::make_shared<SeparableConvLayer>(rank, filters, kernel_size, options);
}

Layer from(int rank, const Config& config) {
  const std::string type = spatial_class("SeparableConv", rank);
  const auto options =
      layer_options<SeparableConvOptions>(type, config, {"filters", "kernel_size"});
  return make(rank, required_argument<std::int64_t>(type, config, "filters"),
              required_argument<SizesArg>(type, config, "kernel_size"), options);
}

}  // namespace

SeparableConv1D::SeparableConv1D(std::int64_t filters, const SizesArg& kernel_size,
                                 const SeparableConvOptions& options)
    : Layer(make(1, filters, kernel_size, options)) {}
Layer SeparableConv1D::from_config(const Config& config) { return from(1, config); }

SeparableConv2D::SeparableConv2D(std::int64_t filters, const SizesArg& kernel_size,
                                 const SeparableConvOptions& options)
    : Layer(make(2, filters, kernel_size, options)) {}
Layer SeparableConv2D::from_config(const Config& config) { return from(2, config); }

}  // namespace antler
