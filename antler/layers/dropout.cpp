#include "antler/layers/dropout.h"

#include "antler/layers/layer_with_options.h"
#include "antler/layers/noise_shape.h"
#include "antler/ops/dropout.h"

namespace antler {
namespace {

class DropoutLayer final : public LayerWithOptions<DropoutOptions> {
 public:
  DropoutLayer(double rate, const DropoutOptions& options)
      : LayerWithOptions(options), rate_(rate) {
    require_argument("Dropout", options, rate >= 0 && rate <= 1,
                     "expected a rate in [0, 1], got " + Config(rate).to_string());
    check_noise_shape(layer_title("Dropout", options.name), options.noise_shape);
  }

  std::string class_name() const override { return "Dropout"; }
  bool supports_masking() const override { return true; }

  Value call(const Value& x, CallContext& context) const override {
    if (!context.training() || rate_ == 0) return x;
    const Value drawn = context.random_uniform(
        concrete_noise_shape(options().noise_shape, x.shape()), options().seed);
    return ops::dropout(x, drawn, rate_);
  }

  Config get_config() const override {
    Config config = with_argument(LayerWithOptions::get_config(), "rate", rate_);
    const Shape& noise = options().noise_shape;
    return with_argument(config, "noise_shape", noise.rank() == 0 ? Config() : to_config(noise));
  }

 private:
  double rate_;
};

}  // namespace

Dropout::Dropout(double rate, const DropoutOptions& options)
    : Layer(std::make_shared<DropoutLayer>(rate, options)) {}

Layer Dropout::from_config(const Config& config) {
  auto options = layer_options<DropoutOptions>("Dropout", config, {"rate", "noise_shape"});
  options.noise_shape = noise_shape_in("Dropout", config);
  return Dropout(required_argument<double>("Dropout", config, "rate"), options);
}

}  // namespace antler
