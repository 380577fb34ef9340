#include "antler/layers/activation.h"

#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

class ActivationLayer final : public LayerWithOptions<ActivationOptions> {
 public:
  ActivationLayer(const ActivationArg& activation, const ActivationOptions& options)
      : LayerWithOptions(options), activation_(activation) {}

  std::string class_name() const override { return "Activation"; }
  bool supports_masking() const override { return true; }
  Value call(const Value& x, CallContext&) const override { return activation_(x); }
  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "activation", to_config(activation_));
  }

 private:
  ActivationArg activation_;
};

}  // namespace

Activation::Activation(const ActivationArg& activation, const ActivationOptions& options)
    : Layer(std::make_shared<ActivationLayer>(activation, options)) {}

Layer Activation::from_config(const Config& config) {
  const auto options = layer_options<ActivationOptions>("Activation", config, {"activation"});
  return Activation(required_argument<ActivationArg>("Activation", config, "activation"), options);
}

}  // namespace antler
