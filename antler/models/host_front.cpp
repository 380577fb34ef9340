#include "antler/models/host_front.h"

#include <algorithm>
#include <utility>

#include "antler/core/error.h"
#include "antler/graph/graph.h"
#include "antler/graph/rewrite.h"
#include "antler/layers/host_layer.h"
#include "antler/layers/layer_call.h"

namespace antler {
namespace {

std::shared_ptr<const HostLayer> host_layer_of(const Node& node) {
  const auto* call = node.op_as<LayerCall>();
  if (call == nullptr) return nullptr;
  return std::dynamic_pointer_cast<const HostLayer>(call->layer.shared_base());
}

bool has_host_part(const std::vector<Value>& inputs,
                   const std::vector<std::shared_ptr<const Node>>& order) {
  const auto is_text = [](const Value& input) { return input.dtype() == DType::string; };
  return std::any_of(inputs.begin(), inputs.end(), is_text) ||
         std::any_of(order.begin(), order.end(),
                     [](const auto& node) { return host_layer_of(*node) != nullptr; });
}

std::string reader_of(const Node& node) {
  const auto* call = node.op_as<LayerCall>();
  return call != nullptr ? call->layer.base().error_prefix() : std::string(node.op().name()) + ": ";
}

}  // namespace

HostFront::HostFront(const std::vector<Value>& inputs, const std::vector<Value>& outputs) {
  const auto order = topological_order(outputs);
  if (!has_host_part(inputs, order)) return;
  ValueTable<std::size_t> places;
  std::vector<Value> values;
  const auto place = [&](const Value& value) {
    places.emplace(key_of(value), values.size());
    values.push_back(value);
  };
  for (const Value& input : inputs) place(input);
  std::vector<bool> is_fed(values.size(), false);
  const auto feed = [&](const Value& value, const std::string& reader) {
    const auto found = places.find(key_of(value));
    if (found == places.end()) return;
    if (value.dtype() == DType::string) with_error_prefix(reader, [] { refuse_strings(); });
    is_fed[found->second] = true;
  };
  for (const auto& node : order) {
    const std::shared_ptr<const HostLayer> layer = host_layer_of(*node);
    if (layer == nullptr) {
      for (const Value& input : node->inputs()) feed(input, reader_of(*node));
      continue;
    }
    Step step{layer, {}};
    for (const Value& input : node->inputs()) {
      const auto found = places.find(key_of(input));
      if (found == places.end()) {
        throw StateError(layer->error_prefix() +
                         "expected to run before the program, first in the model, on its Input; "
                         "got a value that the program computes");
      }
      step.inputs.push_back(found->second);
    }
    steps_.push_back(std::move(step));
    place({node, 0});
    is_fed.push_back(false);
  }
  for (const Value& output : outputs) feed(output, "the model's output: ");
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!is_fed[i]) continue;
    fed_.push_back(values[i]);
    fed_places_.push_back(i);
  }
}

std::vector<Tensor> HostFront::run(const std::vector<Tensor>& inputs) const {
  std::vector<Tensor> values = inputs;
  for (const Step& step : steps_) {
    std::vector<Tensor> arguments;
    for (const std::size_t place : step.inputs) arguments.push_back(values.at(place));
    values.push_back(with_error_prefix(step.layer->error_prefix(),
                                       [&] { return step.layer->call_on_host(arguments); }));
  }
  std::vector<Tensor> fed;
  for (const std::size_t place : fed_places_) fed.push_back(std::move(values[place]));
  return fed;
}

}  // namespace antler
