#include "antler/layers/identity.h"

#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

class IdentityLayer final : public LayerWithOptions<IdentityOptions> {
  using LayerWithOptions::LayerWithOptions;
  std::string class_name() const override { return "Identity"; }
  bool supports_masking() const override { return true; }
  Value call(const Value& x, CallContext&) const override { return x; }
};

}  // namespace

Identity::Identity(const IdentityOptions& options)
    : Layer(std::make_shared<IdentityLayer>(options)) {}

Layer Identity::from_config(const Config& config) {
  return Identity(layer_options<IdentityOptions>("Identity", config));
}

}  // namespace antler
