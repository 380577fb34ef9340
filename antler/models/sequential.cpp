#include "antler/models/sequential.h"

#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/layers/host_layer.h"
#include "antler/models/functional_config.h"
#include "antler/models/trainer.h"

namespace antler {
namespace {

std::shared_ptr<SequentialModel> make(const std::vector<Layer>& layers,
                                      const SequentialOptions& options) {
  auto model = std::make_shared<SequentialModel>(LayerCommon{options.name, {}, options.trainable});
  if (options.name.empty()) model->set_name("sequential", true);
  model->add(layers);
  return model;
}

SequentialModel& stack(const Sequential& model) {
  return static_cast<SequentialModel&>(model.base());
}

}  // namespace

void SequentialModel::push(const Layer& layer) {
  if (!layer) throw ValueError(shown_name() + ": expected a layer, got an empty handle");
  if (dynamic_cast<const InputLayer*>(&layer.base()) != nullptr) {
    if (entry_ || !stack_.empty()) {
      throw ValueError(shown_name() + ": expected Input as the first layer only");
    }
    entry_ = layer;
    return;
  }
  stack_.push_back(layer);
}

SequentialModel::SequentialModel(LayerCommon common) : ModelBase(std::move(common)) {}

SequentialModel::~SequentialModel() = default;

std::vector<Layer> SequentialModel::layers() const { return stack_; }

void SequentialModel::add(const std::vector<Layer>& layers) {
  const bool extends = layers.size() == 1 && may_extend(layers[0]);
  for (const Layer& layer : layers) push(layer);
  name_layers(stack_);
  trainer().forget_programs();
  if (extends) {
    extend_graph(layers[0], layers[0](outputs()[0]));
  } else if (entry_ && !stack_.empty()) {
    rebuild();
  }
}

// Whether one more call behind the graph is all that changes: layer by layer, a deep model is made
// in a time that grows with its depth.
bool SequentialModel::may_extend(const Layer& layer) const {
  return layer && is_functional() && !layer.base().is_model() &&
         dynamic_cast<const HostLayer*>(&layer.base()) == nullptr &&
         dynamic_cast<const InputLayer*>(&layer.base()) == nullptr;
}

void SequentialModel::pop() {
  if (stack_.empty()) throw StateError(shown_name() + ": there is no layer to take off");
  stack_.pop_back();
  trainer().forget_programs();
  if (entry_ && !stack_.empty()) rebuild();
}

void SequentialModel::rebuild() {
  const Value input = static_cast<const InputLayer&>(entry_.base()).value();
  std::vector<Value> calls = {input};
  for (const Layer& layer : stack_) calls.push_back(layer(calls.back()));
  is_rebuilding_ = true;
  set_graph({input}, {calls.back()});
  is_rebuilding_ = false;
  // The first call of a layer may have been in the graph that is gone now.
  for (std::size_t i = 0; i < stack_.size(); ++i) {
    LayerBase& layer = stack_[i].base();
    if (layer.first_call.expired()) layer.first_call = calls[i + 1].shared_node();
  }
}

const HostLayer* SequentialModel::host_layer_in_front() const {
  return stack_.empty() ? nullptr : dynamic_cast<const HostLayer*>(&stack_.front().base());
}

bool SequentialModel::has_host_layers() const {
  return is_functional() ? ModelBase::has_host_layers() : host_layer_in_front() != nullptr;
}

Config SequentialModel::get_config() const {
  Config layers = Config::list();
  if (entry_) layers.push_back(layer_object(entry_));
  for (const Layer& layer : stack_) layers.push_back(layer_object(layer));
  return Config::map(
      {{"name", shown_name()}, {"trainable", trainable()}, {"layers", std::move(layers)}});
}

// Built on first use: an Input with the data's shape and any number of rows.
void SequentialModel::build_list(const std::vector<Shape>& inputs) {
  if (is_rebuilding_ || entry_) return;
  if (inputs.size() != 1 || inputs[0].rank() == 0) {
    throw ShapeError(shown_name() + ": expected one input with a batch axis");
  }
  if (stack_.empty()) throw StateError(shown_name() + ": has no layers; add one");
  const HostLayer* host = host_layer_in_front();
  entry_ = host == nullptr ? Input(inputs[0].without_batch())
                           : Input(inputs[0].without_batch(), {.dtype = host->input_dtype()});
  rebuild();
}

Sequential::Sequential(std::initializer_list<Layer> layers, const SequentialOptions& options)
    : Sequential(std::vector<Layer>(layers), options) {}

Sequential::Sequential(const std::vector<Layer>& layers, const SequentialOptions& options)
    : Model(make(layers, options)) {}

Sequential::Sequential(std::shared_ptr<SequentialModel> base) : Model(std::move(base)) {}

Sequential::Sequential() : Sequential(std::vector<Layer>{}) {}

void Sequential::add(const Layer& layer) const { stack(*this).add({layer}); }
void Sequential::pop() const { stack(*this).pop(); }

}  // namespace antler
