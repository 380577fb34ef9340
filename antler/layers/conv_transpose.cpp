#include "antler/layers/conv_transpose.h"

#include "antler/layers/window_arguments.h"
#include "antler/ops/cast.h"
#include "antler/ops/convolution.h"

namespace antler {
namespace {

std::string transpose_class(int rank) { return spatial_class("Conv", rank, "Transpose"); }

class ConvTransposeLayer final : public LayerWithOptions<ConvTransposeOptions> {
 public:
  ConvTransposeLayer(int rank, std::int64_t filters, const SizesArg& kernel_size,
                     const ConvTransposeOptions& options)
      : LayerWithOptions(written_out(rank, options)), rank_(rank), filters_(filters) {
    const std::string type = class_name();
    require_argument(type, options, filters >= 1,
                     "expected filters of at least 1, got " + std::to_string(filters));
    with_error_prefix(layer_title(type, options.name) + ": ",
                      [&] { kernel_size_ = kernel_size.resolve("kernel_size", rank); });
    require_strides_or_dilation(type, this->options());
    const std::vector<std::int64_t>& more = this->options().output_padding.get();
    for (std::size_t i = 0; i < more.size(); ++i) {
      const std::int64_t stride = this->options().strides.get()[i];
      require_argument(type, options, more[i] < stride,
                       "expected output_padding below strides, got " + std::to_string(more[i]) +
                           " with strides of " + std::to_string(stride));
    }
  }

  std::string class_name() const override { return transpose_class(rank_); }

  void build(const Shape& input) override {
    channels_ = channels_input(input, rank_, *options().data_format).back();
    std::vector<std::int64_t> shape = kernel_size_;
    shape.push_back(filters_);
    shape.push_back(channels_);
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
    const Value y = ops::conv_transpose(x, kernel_,
                                        {.strides = options().strides.get(),
                                         .padding = options().padding,
                                         .output_padding = options().output_padding.get(),
                                         .dilation_rate = options().dilation_rate.get()});
    return with_bias_and_activation(y, bias_, options());
  }

  Config get_config() const override {
    const Config config = with_argument(LayerWithOptions::get_config(), "filters", filters_);
    return with_argument(config, "kernel_size", to_config(SizesArg(kernel_size_)));
  }

 private:
  static ConvTransposeOptions written_out(int rank, const ConvTransposeOptions& options) {
    ConvTransposeOptions out = with_window(transpose_class(rank), options, rank);
    if (out.output_padding.is_none()) return out;
    with_error_prefix(layer_title(transpose_class(rank), options.name) + ": ", [&] {
      out.output_padding = out.output_padding.resolve("output_padding", rank, 0);
    });
    return out;
  }

  int rank_;
  std::int64_t filters_;
  std::int64_t channels_ = 0;
  std::vector<std::int64_t> kernel_size_;
  Variable kernel_, bias_;
};

std::shared_ptr<LayerBase> make(int rank, std::int64_t filters, const SizesArg& kernel_size,
                                const ConvTransposeOptions& options) {
  return std::make_shared<ConvTransposeLayer>(rank, filters, kernel_size, options);
}

Layer from(int rank, const Config& config) {
  const std::string type = transpose_class(rank);
  const auto options =
      layer_options<ConvTransposeOptions>(type, config, {"filters", "kernel_size"});
  return make(rank, required_argument<std::int64_t>(type, config, "filters"),
              required_argument<SizesArg>(type, config, "kernel_size"), options);
}

}  // namespace

Conv1DTranspose::Conv1DTranspose(std::int64_t filters, const SizesArg& kernel_size,
                                 const ConvTransposeOptions& options)
    : Layer(make(1, filters, kernel_size, options)) {}
Layer Conv1DTranspose::from_config(const Config& config) { return from(1, config); }

Conv2DTranspose::Conv2DTranspose(std::int64_t filters, const SizesArg& kernel_size,
                                 const ConvTransposeOptions& options)
    : Layer(make(2, filters, kernel_size, options)) {}
Layer Conv2DTranspose::from_config(const Config& config) { return from(2, config); }

Conv3DTranspose::Conv3DTranspose(std::int64_t filters, const SizesArg& kernel_size,
                                 const ConvTransposeOptions& options)
    : Layer(make(3, filters, kernel_size, options)) {}
Layer Conv3DTranspose::from_config(const Config& config) { return from(3, config); }

}  // namespace antler
