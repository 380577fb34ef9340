#include "antler/layers/up_sampling.h"

#include "antler/layers/data_format.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/resample_axis.h"
#include "antler/layers/resize_weights.h"
#include "antler/layers/spatial_layer.h"
#include "antler/ops/operands.h"
#include "antler/ops/tile.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

template <class Options, int Rank>
class UpSamplingLayer final : public LayerWithOptions<Options> {
 public:
  explicit UpSamplingLayer(const Options& options) : LayerWithOptions<Options>(options) {
    with_error_prefix(layer_title(class_name(), options.name) + ": ", [&] {
      sizes_ = SizesArg(options.size).resolve("size", Rank);
      if constexpr (Rank > 1) data_format_ = checked_data_format(options.data_format);
      if constexpr (Rank == 2) {
        interpolation_ = checked_choice("interpolation", options.interpolation,
                                        {"nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"});
      }
    });
  }

  std::string class_name() const override { return "UpSampling" + std::to_string(Rank) + "D"; }

  void build(const Shape& input) override { check_spatial_rank(input, Rank); }

  Value call(const Value& x, CallContext&) const override {
    check_spatial_rank(x.shape(), Rank);
    Value y = interpolation_ == "nearest" ? x : ops::detail::as_floating(x);
    for (int i = 0; i < Rank; ++i) {
      const std::int64_t factor = sizes_[static_cast<std::size_t>(i)];
      const int axis = first_spatial_axis(data_format_) + i;
      if (factor == 1) continue;
      if (interpolation_ == "nearest") {
        y = ops::repeat(y, factor, axis);
      } else {
        const std::int64_t n = y.shape()[axis];
        const Tensor weights = resize_weights(interpolation_, n, n * factor).astype(y.dtype());
        y = resample_axis(y, axis, weights);
      }
    }
    return y;
  }

  Config get_config() const override {
    Config config = LayerWithOptions<Options>::get_config();
    if (Rank > 1) {
      config.set("size", Config(sizes_));
      config.set("data_format", data_format_);
    }
    if (Rank == 2) config.set("interpolation", interpolation_);
    return config;
  }

 private:
  std::vector<std::int64_t> sizes_;
  std::string data_format_ = "channels_last";
  std::string interpolation_ = "nearest";
};

}  // namespace

UpSampling1D::UpSampling1D(const UpSampling1DOptions& options)
    : Layer(std::make_shared<UpSamplingLayer<UpSampling1DOptions, 1>>(options)) {}
UpSampling2D::UpSampling2D(const UpSampling2DOptions& options)
    : Layer(std::make_shared<UpSamplingLayer<UpSampling2DOptions, 2>>(options)) {}
UpSampling3D::UpSampling3D(const UpSampling3DOptions& options)
    : Layer(std::make_shared<UpSamplingLayer<UpSampling3DOptions, 3>>(options)) {}

Layer UpSampling1D::from_config(const Config& config) {
  return UpSampling1D(layer_options<UpSampling1DOptions>("UpSampling1D", config));
}
Layer UpSampling2D::from_config(const Config& config) {
  return UpSampling2D(layer_options<UpSampling2DOptions>("UpSampling2D", config));
}
Layer UpSampling3D::from_config(const Config& config) {
  return UpSampling3D(layer_options<UpSampling3DOptions>("UpSampling3D", config));
}

}  // namespace antler
