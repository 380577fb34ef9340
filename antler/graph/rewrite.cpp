#include "antler/graph/rewrite.h"

#include "antler/graph/origin.h"

namespace antler {

std::vector<Value> rewrite(std::span<const Value> outputs, ValueMap& replacements,
                           const ReplaceNode& replace) {
  const auto replaced = [&](const Value& value) {
    const auto found = replacements.find(key_of(value));
    return found == replacements.end() ? value : found->second;
  };
  const auto order =
      topological_order(outputs, [&](const Value& v) { return replacements.count(key_of(v)) > 0; });
  for (const auto& node : order) {
    if (!node->is_op()) continue;
    std::vector<Value> inputs;
    inputs.reserve(node->inputs().size());
    for (const Value& input : node->inputs()) inputs.push_back(replaced(input));
    const OriginScope same(*node);
    const std::vector<Value> results = replace(node, inputs);
    for (std::size_t i = 0; i < results.size(); ++i) {
      replacements.try_emplace({node.get(), static_cast<int>(i)}, results[i]);
    }
  }
  std::vector<Value> results;
  results.reserve(outputs.size());
  for (const Value& output : outputs) results.push_back(output ? replaced(output) : output);
  return results;
}

std::vector<Value> reapply(const std::shared_ptr<const Node>& node,
                           const std::vector<Value>& inputs) {
  bool same = true;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    same = same && inputs[i].is_same(node->inputs()[i]);
  }
  if (!same) return apply_all(node->op(), inputs);
  std::vector<Value> outputs;
  for (std::size_t i = 0; i < node->outputs().size(); ++i) {
    outputs.emplace_back(node, static_cast<int>(i));
  }
  return outputs;
}

std::vector<Value> inline_graph(const Graph& graph, std::span<const Value> arguments) {
  ValueMap replacements;
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    replacements.emplace(key_of(graph.inputs[i]), arguments[i]);
  }
  return rewrite(graph.outputs, replacements, reapply);
}

}  // namespace antler
