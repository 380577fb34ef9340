#include "tests/layers/host_layer_check.h"

#include <gtest/gtest.h>

#include "antler/layers/host_layer.h"
#include "antler/layers/layer_registry.h"

namespace antler::testing {
namespace {

std::string config_text(const Layer& layer) {
  Config config = layer.get_config();
  config.set("name", layer.base().shown_name());
  return config.to_string();
}

}  // namespace

Tensor check_host_layer(const Layer& layer, const std::vector<Tensor>& inputs) {
  const std::vector<Value> values(inputs.begin(), inputs.end());
  const Tensor output = layer(values);
  const auto& base = dynamic_cast<const HostLayer&>(layer.base());
  for (const bool is_batch_known : {true, false}) {
    std::vector<TensorSpec> specs;
    for (const Tensor& input : inputs) {
      Shape shape = input.shape();
      if (!is_batch_known && shape.rank() > 0) shape.set(0, None);
      specs.push_back({shape, input.dtype()});
    }
    const TensorSpec spec = base.host_spec(specs);
    EXPECT_TRUE(spec.shape.is_compatible(output.shape()))
        << "promised " << spec.shape.to_string() << ", got " << output.shape().to_string();
    EXPECT_EQ(name(spec.dtype), name(output.dtype()));
  }
  const Layer copy = layer_from_config(layer_to_config(layer));
  EXPECT_EQ(config_text(copy), config_text(layer));
  EXPECT_TRUE(identical(copy(values), output)) << "the layer from its config differs";
  return output;
}

}  // namespace antler::testing
