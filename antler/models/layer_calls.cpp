#include "antler/models/layer_calls.h"

#include <algorithm>

#include "antler/layers/input.h"
#include "antler/layers/layer_call.h"

namespace antler {
namespace {

struct Caller {
  std::string name;
  int call = 0;
};

}  // namespace

LayerCalls::LayerCalls(const ModelBase& model) {
  if (model.is_functional()) {
    read_graph(model, true);
  } else if (model.is_built()) {
    trace(model);
  }
}

void LayerCalls::read_graph(const ModelBase& model, bool is_outer) {
  std::unordered_map<const Node*, Caller> callers;
  std::unordered_map<std::string, int> calls;
  std::unordered_map<const Node*, int> readers;
  const std::vector<std::string> names = model.input_names();
  for (std::size_t i = 0; i < model.inputs().size(); ++i) {
    callers[&model.inputs()[i].node()] = {names[i], 0};
  }
  bool is_chain = model.inputs().size() == 1 && model.outputs().size() == 1;
  for (const auto& node : topological_order(model.outputs())) {
    if (!node->is_op() || !node->is_symbolic()) continue;
    const auto* call = node->op_as<LayerCall>();
    const std::string name = call != nullptr ? call->layer.name() : std::string(node->op().name());
    callers[node.get()] = {name, calls[name]++};
    int symbolic = 0;
    std::string sources;
    for (const Value& input : node->inputs()) {
      if (!input.node().is_symbolic()) continue;
      ++symbolic;
      ++readers[&input.node()];
      const Caller& caller = callers.at(&input.node());
      sources += (sources.empty() ? "" : ", ") + caller.name + "[" + std::to_string(caller.call) +
                 "][" + std::to_string(input.output()) + "]";
    }
    is_chain = is_chain && symbolic == 1 && readers[&node->inputs()[0].node()] <= 1;
    if (call == nullptr) continue;
    const LayerBase* layer = &call->layer.base();
    is_chain = is_chain && shapes_.count(layer) == 0;
    std::vector<Shape>& shapes = shapes_[layer];
    shapes.clear();
    for (const TensorSpec& spec : node->outputs()) shapes.push_back(spec.shape);
    if (is_outer) {
      std::string& known = connections_[layer];
      known += (known.empty() ? "" : ", ") + sources;
    }
    const auto* inner = dynamic_cast<const ModelBase*>(layer);
    if (inner != nullptr && inner->is_functional()) {
      read_graph(*inner, false);
    } else if (inner != nullptr) {
      trace(*inner);
    }
  }
  if (is_outer) is_chain_ = is_chain;
}

// A subclass has no graph: its layers are watched while it is called on what it was built for.
void LayerCalls::trace(const ModelBase& model) {
  std::vector<Value> inputs;
  for (Shape shape : model.built_shapes()) {
    if (shape.rank() > 0) shape.set(0, None);
    inputs.push_back(make_input({shape, DType::float32}));
  }
  CallContext context;
  context.observer = [&](const LayerBase& layer, const std::vector<Value>& outputs) {
    std::vector<Shape>& shapes = shapes_[&layer];
    shapes.clear();
    for (const Value& output : outputs) shapes.push_back(output.shape());
  };
  model.call_list(inputs, context);
}

std::string LayerCalls::output_shape(const LayerBase& layer) const {
  if (const auto* input = dynamic_cast<const InputLayer*>(&layer)) {
    return input->batch_shape().to_string();
  }
  const auto found = shapes_.find(&layer);
  if (found == shapes_.end()) return "?";
  if (found->second.size() == 1) return found->second[0].to_string();
  std::string text;
  for (const Shape& shape : found->second) {
    text += (text.empty() ? "[" : ", ") + shape.to_string();
  }
  return text + "]";
}

std::string LayerCalls::connections(const LayerBase& layer) const {
  const auto found = connections_.find(&layer);
  return found == connections_.end() || found->second.empty() ? "-" : found->second;
}

}  // namespace antler
