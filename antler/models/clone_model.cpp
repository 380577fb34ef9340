#include "antler/models/clone_model.h"

#include <unordered_map>

#include "antler/core/error.h"
#include "antler/graph/rewrite.h"
#include "antler/layers/input.h"
#include "antler/layers/lambda.h"
#include "antler/layers/layer_call.h"
#include "antler/models/functional_config.h"
#include "antler/models/model_config.h"
#include "antler/models/sequential.h"

namespace antler {
namespace {

class Cloner {
 public:
  explicit Cloner(const CloneModelOptions& options) : options_(options) {}

  Model clone(const ModelBase& model) {
    if (const auto* stack = dynamic_cast<const SequentialModel*>(&model)) return of_stack(*stack);
    if (model.class_name() == "Functional") return of_graph(model);
    const Layer self(std::const_pointer_cast<LayerBase>(model.shared_from_this()));
    const auto base = std::dynamic_pointer_cast<ModelBase>(from_its_config(self).shared_base());
    if (base == nullptr) {
      throw ValueError(model.error_prefix() + "expected a model from its factory, got a layer");
    }
    return Model(base);
  }

 private:
  Model of_stack(const SequentialModel& model) {
    const Sequential copy(std::vector<Layer>{}, {.name = model.shown_name()});
    if (model.entry()) copy.add(from_its_config(model.entry()));
    for (const Layer& layer : model.layers()) copy.add(copy_of(layer));
    if (!model.trainable()) copy.set_trainable(false);
    return copy;
  }

  // The calls of the graph anew, on the copies.
  Model of_graph(const ModelBase& model) {
    ValueMap replacements;
    for (const Layer& layer : model.layers()) {
      const auto* input = dynamic_cast<const InputLayer*>(&layer.base());
      if (input == nullptr) {
        copy_of(layer);  // in the order of layers, which the first random weights follow
        continue;
      }
      const Layer copy = from_its_config(layer);
      replacements[key_of(input->value())] = static_cast<const InputLayer&>(copy.base()).value();
    }
    ModelOptions made{.name = model.shown_name()};
    for (const Value& input : model.inputs()) {
      made.inputs.push_back(replacements.at(key_of(input)));
    }
    made.outputs =
        rewrite(model.outputs(), replacements,
                [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                  const auto* call = node->op_as<LayerCall>();
                  return call == nullptr ? reapply(node, inputs) : call_anew(*call, inputs);
                });
    const Model copy(made);
    if (!model.trainable()) copy.set_trainable(false);
    return copy;
  }

  std::vector<Value> call_anew(const LayerCall& call, const std::vector<Value>& inputs) {
    const auto own = inputs.begin() + static_cast<std::ptrdiff_t>(call.input_count(inputs.size()));
    return copy_of(call.layer)
        .call_all({inputs.begin(), own}, call.options.with_values(std::span(own, inputs.end())));
  }

  Layer copy_of(const Layer& layer) {
    const auto found = copies_.find(layer.shared_base().get());
    if (found != copies_.end()) return found->second;
    const Layer copy = make_copy(layer);
    copies_.emplace(layer.shared_base().get(), copy);
    return copy;
  }

  Layer make_copy(const Layer& layer) {
    const auto* model = dynamic_cast<const ModelBase*>(&layer.base());
    if (options_.clone_function && (model == nullptr || !options_.recursive)) {
      const Layer copy = options_.clone_function(layer);
      if (copy) return copy;
      throw ValueError(layer.base().error_prefix() +
                       "expected a layer from clone_function, got an empty handle");
    }
    if (model != nullptr) return clone(*model);
    if (const Layer copy = copy_of_lambda(layer)) return copy;
    return from_its_config(layer);
  }

  Layer from_its_config(const Layer& layer) const {
    return with_error_prefix("clone_model: ", [&] {
      return layer_from_object(layer_object(layer), {.custom_objects = options_.custom_objects});
    });
  }

  const CloneModelOptions& options_;
  std::unordered_map<const LayerBase*, Layer> copies_;
};

}  // namespace

Model clone_model(const Model& model, const CloneModelOptions& options) {
  return Cloner(options).clone(model.model_base());
}

}  // namespace antler
