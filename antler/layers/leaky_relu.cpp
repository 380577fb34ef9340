#include "antler/layers/leaky_relu.h"

#include "antler/activations/relu.h"
#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

class LeakyReLULayer final : public LayerWithOptions<LeakyReLUOptions> {
 public:
  explicit LeakyReLULayer(const LeakyReLUOptions& options) : LayerWithOptions(options) {
    require_argument(
        "LeakyReLU", options, options.negative_slope >= 0,
        "expected negative_slope of at least 0, got " + Config(options.negative_slope).to_string());
  }

  std::string class_name() const override { return "LeakyReLU"; }
  bool supports_masking() const override { return true; }
  Value call(const Value& x, CallContext&) const override {
    return activations::leaky_relu(x, options().negative_slope);
  }
};

}  // namespace

LeakyReLU::LeakyReLU(const LeakyReLUOptions& options)
    : Layer(std::make_shared<LeakyReLULayer>(options)) {}

Layer LeakyReLU::from_config(const Config& config) {
  auto options = layer_options<LeakyReLUOptions>("LeakyReLU", config, {"alpha"});
  if (config.contains("alpha")) {
    options.negative_slope = required_argument<double>("LeakyReLU", config, "alpha");
  }
  return LeakyReLU(options);
}

}  // namespace antler
