#include "antler/layers/elu.h"

#include "antler/activations/elu.h"
#include "antler/layers/layer_with_options.h"

namespace antler {
namespace {

class ELULayer final : public LayerWithOptions<ELUOptions> {
 public:
  using LayerWithOptions::LayerWithOptions;

  std::string class_name() const override { return "ELU"; }
  bool supports_masking() const override { return true; }
  Value call(const Value& x, CallContext&) const override {
    return activations::elu(x, options().alpha);
  }
};

}  // namespace

ELU::ELU(const ELUOptions& options) : Layer(std::make_shared<ELULayer>(options)) {}

Layer ELU::from_config(const Config& config) {
  return ELU(layer_options<ELUOptions>("ELU", config));
}

}  // namespace antler
