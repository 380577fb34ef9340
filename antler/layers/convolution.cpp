#include "antler/layers/convolution.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/cast.h"
#include "antler/ops/convolution.h"

namespace antler {
namespace {

class ConvolutionLayer final : public LayerWithOptions<ConvolutionOptions> {
 public:
  ConvolutionLayer(int rank, std::int64_t filters, const SizesArg& kernel_size,
                   const ConvolutionOptions& options)
      : LayerWithOptions(with_window(spatial_class("Conv", rank), options, rank, rank == 1)),
        rank_(rank),
        filters_(filters) {
    const std::string type = class_name();
    const std::int64_t groups = options.groups;
    require_argument(type, options, filters >= 1,
                     "expected filters of at least 1, got " + std::to_string(filters));
    require_argument(type, options, groups >= 1,
                     "expected groups of at least 1, got " + std::to_string(groups));
    require_argument(type, options, filters % groups == 0,
                     "expected filters that groups divide, got " + std::to_string(filters) +
                         " filters and " + std::to_string(groups) + " groups");
    with_error_prefix(layer_title(type, options.name) + ": ",
                      [&] { kernel_size_ = kernel_size.resolve("kernel_size", rank); });
    require_strides_or_dilation(type, this->options());
  }

  std::string class_name() const override { return spatial_class("Conv", rank_); }

  void build(const Shape& input) override {
    channels_ = channels_input(input, rank_, *options().data_format).back();
    if (channels_ % options().groups != 0) {
      throw ValueError("expected channels that groups divide, got " + std::to_string(channels_) +
                       " channels in " + input.to_string() + " and " +
                       std::to_string(options().groups) + " groups");
    }
    std::vector<std::int64_t> shape = kernel_size_;
    shape.push_back(channels_ / options().groups);
    shape.push_back(filters_);
    kernel_ = add_weight({.name = "kernel",
                          .shape = Shape(shape),
                          .initializer = options().kernel_initializer,
                          .regularizer = options().kernel_regularizer,
                          .constraint = options().kernel_constraint});
    if (!options().use_bias) return;
    bias_ = add_weight({.name = "bias",
                        .shape = {filters_},
                        .initializer = options().bias_initializer,
                        .regularizer = options().bias_regularizer,
                        .constraint = options().bias_constraint});
  }

  Value call(const Value& input, CallContext&) const override {
    spatial_input(input.shape(), rank_, *options().data_format);
    const Value x = to_channels_last(ops::cast(input, kernel_.dtype()), *options().data_format);
    require_channels(x, channels_);
    const Value y = ops::conv(x, kernel_,
                              {.strides = options().strides.get(),
                               .padding = options().padding,
                               .dilation_rate = options().dilation_rate.get()});
    return with_bias_and_activation(y, bias_, options());
  }

  Config get_config() const override {
    Config config = with_argument(LayerWithOptions::get_config(), "filters", filters_);
    return with_argument(config, "kernel_size", to_config(SizesArg(kernel_size_)));
  }

 private:
  int rank_;
  std::int64_t filters_;
  std::int64_t channels_ = 0;
  std::vector<std::int64_t> kernel_size_;
  Variable kernel_, bias_;
};

template <class Conv>
Layer conv_from_config(std::string_view class_name, const Config& config) {
  const auto options =
      layer_options<ConvolutionOptions>(class_name, config, {"filters", "kernel_size"});
  return Conv(required_argument<std::int64_t>(class_name, config, "filters"),
              required_argument<SizesArg>(class_name, config, "kernel_size"), options);
}

}  // namespace

Conv1D::Conv1D(std::int64_t filters, const SizesArg& kernel_size, const ConvolutionOptions& options)
    : Layer(std::make_shared<ConvolutionLayer>(1, filters, kernel_size, options)) {}
Conv2D::Conv2D(std::int64_t filters, const SizesArg& kernel_size, const ConvolutionOptions& options)
    : Layer(std::make_shared<ConvolutionLayer>(2, filters, kernel_size, options)) {}
Conv3D::Conv3D(std::int64_t filters, const SizesArg& kernel_size, const ConvolutionOptions& options)
    : Layer(std::make_shared<ConvolutionLayer>(3, filters, kernel_size, options)) {}

Layer Conv1D::from_config(const Config& config) {
  return conv_from_config<Conv1D>("Conv1D", config);
}
Layer Conv2D::from_config(const Config& config) {
  return conv_from_config<Conv2D>("Conv2D", config);
}
Layer Conv3D::from_config(const Config& config) {
  return conv_from_config<Conv3D>("Conv3D", config);
}

}  // namespace antler
