#include "antler/layers/zero_padding.h"

#include "antler/layers/data_format.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/spatial_layer.h"
#include "antler/ops/pad.h"

namespace antler {
namespace {

template <class Options, int Rank>
class ZeroPaddingLayer final : public LayerWithOptions<Options> {
 public:
  explicit ZeroPaddingLayer(const Options& options) : LayerWithOptions<Options>(options) {
    with_error_prefix(layer_title(class_name(), options.name) + ": ", [&] {
      padding_ = options.padding.resolve("padding", Rank);
      data_format_ = checked_data_format(options.data_format);
    });
  }

  std::string class_name() const override { return "ZeroPadding" + std::to_string(Rank) + "D"; }

  void build(const Shape& input) override { check_spatial_rank(input, Rank); }

  Value call(const Value& x, CallContext&) const override {
    check_spatial_rank(x.shape(), Rank);
    ops::PadWidth width(static_cast<std::size_t>(x.rank()), {0, 0});
    const auto first = static_cast<std::size_t>(first_spatial_axis(data_format_));
    for (std::size_t i = 0; i < padding_.size(); ++i) width[first + i] = padding_[i];
    return ops::pad(x, width);
  }

  Config get_config() const override {
    Config config = LayerWithOptions<Options>::get_config();
    config.set("padding", sides_config(padding_));
    config.set("data_format", data_format_);
    return config;
  }

 private:
  std::vector<SidesArg::Pair> padding_;
  std::string data_format_;
};

}  // namespace

ZeroPadding1D::ZeroPadding1D(const ZeroPadding1DOptions& options)
    : Layer(std::make_shared<ZeroPaddingLayer<ZeroPadding1DOptions, 1>>(options)) {}
ZeroPadding2D::ZeroPadding2D(const ZeroPadding2DOptions& options)
    : Layer(std::make_shared<ZeroPaddingLayer<ZeroPadding2DOptions, 2>>(options)) {}
ZeroPadding3D::ZeroPadding3D(const ZeroPadding3DOptions& options)
    : Layer(std::make_shared<ZeroPaddingLayer<ZeroPadding3DOptions, 3>>(options)) {}

Layer ZeroPadding1D::from_config(const Config& config) {
  return ZeroPadding1D(layer_options<ZeroPadding1DOptions>("ZeroPadding1D", config));
}
Layer ZeroPadding2D::from_config(const Config& config) {
  return ZeroPadding2D(layer_options<ZeroPadding2DOptions>("ZeroPadding2D", config));
}
Layer ZeroPadding3D::from_config(const Config& config) {
  return ZeroPadding3D(layer_options<ZeroPadding3DOptions>("ZeroPadding3D", config));
}

}  // namespace antler
