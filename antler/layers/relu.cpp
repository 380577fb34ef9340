#include "antler/layers/relu.h"

#include "antler/activations/relu.h"
#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

class ReLULayer final : public LayerWithOptions<ReLUOptions> {
 public:
  explicit ReLULayer(const ReLUOptions& options) : LayerWithOptions(options) {
    require_not_negative("max_value", options.max_value.value_or(0));
    require_not_negative("negative_slope", options.negative_slope);
    require_not_negative("threshold", options.threshold);
  }

  std::string class_name() const override { return "ReLU"; }
  bool supports_masking() const override { return true; }
  Value call(const Value& x, CallContext&) const override {
    return activations::relu(x, {.negative_slope = options().negative_slope,
                                 .max_value = options().max_value,
                                 .threshold = options().threshold});
  }

 private:
  void require_not_negative(const std::string& option, double value) const {
    require_argument("ReLU", options(), value >= 0,
                     "expected " + option + " of at least 0, got " + Config(value).to_string());
  }
};

}  // namespace

ReLU::ReLU(const ReLUOptions& options) : Layer(std::make_shared<ReLULayer>(options)) {}

Layer ReLU::from_config(const Config& config) {
  return ReLU(layer_options<ReLUOptions>("ReLU", config));
}

}  // namespace antler
