#include "antler/layers/wrapper.h"

#include "antler/layers/layer_with_options.h"
#include "antler/layers/wrappers.h"

namespace antler {

std::vector<std::string> WrapperBase::weight_groups() const { return {"layer"}; }

WrapperBase::WrapperBase(const Layer& layer, LayerCommon common) : LayerBase(std::move(common)) {
  if (!layer) throw ValueError("expected a layer to wrap, got an empty handle");
  layer_ = add_layer(layer);
}

void WrapperBase::build_list(const std::vector<Shape>& inputs) {
  layer_.base().ensure_built(inputs);
}

std::string WrapperBase::class_name() const {
  const std::string name = LayerBase::class_name();
  return name == "Layer" ? "Wrapper" : name;
}

Config WrapperBase::get_config() const {
  return with_argument(LayerBase::get_config(), "layer", layer_to_config(layer_));
}

Wrapper::Wrapper(const Layer& layer, const WrapperOptions& options)
    : Layer(std::make_shared<WrapperBase>(
          layer, LayerCommon{options.name, options.dtype, options.trainable,
                             options.activity_regularizer})) {}

Layer wrapper_from_config(const Config& config, const CustomObjects& custom) {
  const auto options = layer_options<WrapperOptions>("Wrapper", config, {"layer"});
  return Wrapper(inner_layer("Wrapper", config, "layer", custom), options);
}

}  // namespace antler
