#include "antler/layers/spatial_dropout.h"

#include "antler/layers/data_format.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/spatial_layer.h"
#include "antler/ops/dropout.h"

namespace antler {
namespace {

template <class Options, int Rank>
class SpatialDropoutLayer final : public LayerWithOptions<Options> {
 public:
  SpatialDropoutLayer(double rate, const Options& options)
      : LayerWithOptions<Options>(options), rate_(rate) {
    require_argument(class_name(), options, rate >= 0 && rate <= 1,
                     "expected a rate in [0, 1], got " + Config(rate).to_string());
    if constexpr (Rank > 1) {
      with_error_prefix(layer_title(class_name(), options.name) + ": ",
                        [&] { data_format_ = checked_data_format(options.data_format); });
    }
  }

  std::string class_name() const override { return "SpatialDropout" + std::to_string(Rank) + "D"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override { check_spatial_rank(input, Rank); }

  Value call(const Value& x, CallContext& context) const override {
    check_spatial_rank(x.shape(), Rank);
    if (!context.training() || rate_ == 0) return x;
    Shape shape = x.shape();
    for (int i = 0; i < Rank; ++i) shape.set(first_spatial_axis(data_format_) + i, 1);
    const Value drawn = context.random_uniform(shape, this->options().seed);
    return ops::dropout(x, drawn, rate_);
  }

  Config get_config() const override {
    Config config = with_argument(LayerWithOptions<Options>::get_config(), "rate", rate_);
    if (Rank > 1) config.set("data_format", data_format_);
    return config;
  }

 private:
  double rate_;
  std::string data_format_ = "channels_last";
};

}  // namespace

SpatialDropout1D::SpatialDropout1D(double rate, const SpatialDropout1DOptions& options)
    : Layer(std::make_shared<SpatialDropoutLayer<SpatialDropout1DOptions, 1>>(rate, options)) {}
SpatialDropout2D::SpatialDropout2D(double rate, const SpatialDropoutOptions& options)
    : Layer(std::make_shared<SpatialDropoutLayer<SpatialDropoutOptions, 2>>(rate, options)) {}
SpatialDropout3D::SpatialDropout3D(double rate, const SpatialDropoutOptions& options)
    : Layer(std::make_shared<SpatialDropoutLayer<SpatialDropoutOptions, 3>>(rate, options)) {}

Layer SpatialDropout1D::from_config(const Config& config) {
  const auto options = layer_options<SpatialDropout1DOptions>("SpatialDropout1D", config, {"rate"});
  return SpatialDropout1D(required_argument<double>("SpatialDropout1D", config, "rate"), options);
}
Layer SpatialDropout2D::from_config(const Config& config) {
  const auto options = layer_options<SpatialDropoutOptions>("SpatialDropout2D", config, {"rate"});
  return SpatialDropout2D(required_argument<double>("SpatialDropout2D", config, "rate"), options);
}
Layer SpatialDropout3D::from_config(const Config& config) {
  const auto options = layer_options<SpatialDropoutOptions>("SpatialDropout3D", config, {"rate"});
  return SpatialDropout3D(required_argument<double>("SpatialDropout3D", config, "rate"), options);
}

}  // namespace antler
