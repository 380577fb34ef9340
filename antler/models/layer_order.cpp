// The order of a functional model's layers and their names.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "antler/core/error.h"
#include "antler/core/serialized.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_call.h"
#include "antler/models/model_base.h"

namespace antler {
namespace {

// Walks the graph as Keras does: depth first from the outputs, a node after what it depends on.
class LayerOrder {
 public:
  LayerOrder(const std::vector<Value>& inputs, const std::vector<Value>& outputs) {
    for (const Value& input : inputs) {
      input_layers_.emplace(&input.node(), std::make_shared<InputLayer>(input));
    }
    nodes_ = topological_order(outputs);
    meet_all(outputs);
    measure_depths();
    std::vector<Layer> unused;
    for (const Value& input : inputs) {
      const Layer layer = layer_of(input.node());
      if (index_.count(layer.shared_base().get()) == 0) unused.push_back(layer);
    }
    met_.insert(met_.begin(), unused.begin(), unused.end());
  }

  // Deepest first; an Input that no output needs stands first among those of depth 0.
  std::vector<Layer> sorted() {
    std::stable_sort(met_.begin(), met_.end(), [&](const Layer& a, const Layer& b) {
      return depths_[a.shared_base().get()] > depths_[b.shared_base().get()];
    });
    return met_;
  }

 private:
  Layer layer_of(const Node& node) const {
    const auto input = input_layers_.find(&node);
    if (input != input_layers_.end()) return Layer(input->second);
    const auto* call = node.op_as<LayerCall>();
    return call != nullptr ? call->layer : Layer();
  }

  // In the order in which they are met on the way from the outputs down to the inputs: a layer that
  // is called on its own output counts from its last call.
  void meet_all(const std::vector<Value>& outputs) {
    std::unordered_set<const Node*> seen;
    std::vector<const Node*> ahead;
    const auto push = [&](const std::vector<Value>& values) {
      for (std::size_t i = values.size(); i-- > 0;) ahead.push_back(&values[i].node());
    };
    push(outputs);
    while (!ahead.empty()) {
      const Node& node = *ahead.back();
      ahead.pop_back();
      if (!seen.insert(&node).second) continue;
      meet(node);
      push(node.inputs());
    }
  }

  void meet(const Node& node) {
    const Layer layer = layer_of(node);
    if (layer && index_.try_emplace(layer.shared_base().get(), met_.size()).second) {
      met_.push_back(layer);
    }
  }

  // The depth of a node is the longest way to an output; a layer takes the greatest of its calls.
  void measure_depths() {
    std::unordered_map<const Node*, int> node_depths;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      const Node& node = *nodes_[i];
      int& depth = node_depths[&node];
      if (const Layer layer = layer_of(node)) {
        int& layer_depth = depths_[layer.shared_base().get()];
        depth = std::max(depth, layer_depth);
        layer_depth = depth;
      }
      for (const Value& input : node.inputs()) {
        int& below = node_depths[&input.node()];
        below = std::max(below, depth + 1);
      }
    }
  }

  std::unordered_map<const Node*, std::shared_ptr<LayerBase>> input_layers_;
  std::vector<std::shared_ptr<const Node>> nodes_;
  std::vector<Layer> met_;
  std::unordered_map<const LayerBase*, std::size_t> index_;
  std::unordered_map<const LayerBase*, int> depths_;
};

}  // namespace

std::vector<Layer> layers_in_keras_order(const std::vector<Value>& inputs,
                                         const std::vector<Value>& outputs) {
  return LayerOrder(inputs, outputs).sorted();
}

void name_layers(const std::vector<Layer>& layers) {
  std::unordered_set<std::string> used;
  for (const Layer& layer : layers) {
    if (layer.base().has_automatic_name()) continue;
    if (!used.insert(layer.name()).second) {
      throw ValueError("model: expected distinct names, got two layers named \"" + layer.name() +
                       "\"");
    }
  }
  std::unordered_map<std::string, int> counts;
  for (const Layer& layer : layers) {
    if (!layer.base().has_automatic_name()) continue;
    if (!layer.name().empty() && used.insert(layer.name()).second) continue;
    const std::string base = snake_case(layer.class_name());
    std::string name;
    do {
      const int count = counts[base]++;
      name = count == 0 ? base : base + "_" + std::to_string(count);
    } while (!used.insert(name).second);
    layer.base().set_name(name, true);
  }
}

}  // namespace antler
