#include "antler/layers/pipeline.h"

#include "antler/graph/unknown_axes.h"
#include "antler/layers/layer_call.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/wrappers.h"

namespace antler {
namespace {

class PipelineLayer final : public LayerWithOptions<PipelineOptions> {
 public:
  PipelineLayer(const std::vector<Layer>& layers, const PipelineOptions& options)
      : LayerWithOptions(options) {
    for (const Layer& layer : layers) {
      require_argument("Pipeline", options, static_cast<bool>(layer),
                       "expected layers, got an empty handle");
      add_layer(layer);
    }
  }

  std::string class_name() const override { return "Pipeline"; }

  // Each layer is built for what the one before it gives, with the axes that are not known.
  void build(const Shape& input) override {
    TensorSpec spec{input, dtype()};
    for (const Layer& layer : layers()) {
      layer.base().ensure_built({spec.shape});
      const LayerCall call{layer};
      spec = infer_with_unknown_axes(std::span<const TensorSpec>(&spec, 1),
                                     [&](std::span<const TensorSpec> s) { return call.infer(s); })
                 .front();
    }
  }

  // The last layer decides on the mask, as if they stood in a model one by one.
  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    if (inputs.size() != 1) {
      throw ShapeError("expected one input, got " + std::to_string(inputs.size()));
    }
    Value x = inputs[0];
    for (const Layer& layer : layers()) x = layer(x, context);
    return {x};
  }

  Config get_config() const override {
    Config list = Config::list();
    for (const Layer& layer : layers()) list.push_back(layer_to_config(layer));
    return with_argument(LayerWithOptions::get_config(), "layers", list);
  }
};

}  // namespace

Pipeline::Pipeline(const std::vector<Layer>& layers, const PipelineOptions& options)
    : Layer(std::make_shared<PipelineLayer>(layers, options)) {}

Layer pipeline_from_config(const Config& config, const CustomObjects& custom) {
  const auto options = layer_options<PipelineOptions>("Pipeline", config, {"layers"});
  const std::vector<Layer> layers =
      with_error_prefix(title_in_config("Pipeline", config) + ": \"layers\": ", [&] {
        std::vector<Layer> read;
        for (const Config& layer : config.at("layers").as_list()) {
          read.push_back(layer_from_config(layer, custom));
        }
        return read;
      });
  return Pipeline(layers, options);
}

}  // namespace antler
