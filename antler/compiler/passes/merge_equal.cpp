#include <cstring>
#include <functional>

#include "antler/compiler/passes/passes.h"
#include "antler/graph/graph.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"

namespace antler::passes {
namespace {

constexpr std::int64_t kLargeConstant = 1 << 16;  // elements; larger ones are not compared

// A hash that equal nodes share; nodes of one hash are then compared.
std::size_t hash_of(const Op& op, const std::vector<Value>& inputs) {
  std::size_t hash = std::hash<const void*>()(op.id());
  for (const Value& input : inputs) {
    hash = hash * 1000003 + ValueKeyHash()(key_of(input));
  }
  return hash;
}

bool equal(const Node& node, const Op& op, const std::vector<Value>& inputs) {
  if (!(node.op() == op) || node.inputs().size() != inputs.size()) return false;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (!node.inputs()[i].is_same(inputs[i])) return false;
  }
  return true;
}

std::size_t hash_of(const Tensor& tensor) {
  const std::string_view bytes(reinterpret_cast<const char*>(tensor.raw()),
                               static_cast<std::size_t>(tensor.byte_size()));
  return std::hash<std::string_view>()(bytes);
}

std::vector<Value> outputs_of(const std::shared_ptr<const Node>& node) {
  std::vector<Value> outputs;
  for (std::size_t i = 0; i < node->outputs().size(); ++i) {
    outputs.emplace_back(node, static_cast<int>(i));
  }
  return outputs;
}

}  // namespace

Computation merge_equal(const Computation& computation) {
  const std::vector<Value> roots = computation.roots();
  ValueMap replacements;
  std::unordered_multimap<std::size_t, Value> constants;
  for (const auto& node : topological_order(roots)) {
    if (node->kind() != NodeKind::constant) continue;
    const Tensor& tensor = node->constant_value();
    if (tensor.size() > kLargeConstant) continue;
    const Value value(node, 0);
    const std::size_t hash = hash_of(tensor);
    const auto [first, last] = constants.equal_range(hash);
    bool merged = false;
    for (auto it = first; it != last && !merged; ++it) {
      if (!identical(it->second.node().constant_value(), tensor)) continue;
      replacements.emplace(key_of(value), it->second);
      merged = true;
    }
    if (!merged) constants.emplace(hash, value);
  }
  std::unordered_multimap<std::size_t, std::shared_ptr<const Node>> known;
  const auto merge = [&](const std::shared_ptr<const Node>& node,
                         const std::vector<Value>& inputs) {
    const std::size_t hash = hash_of(node->op(), inputs);
    const auto [first, last] = known.equal_range(hash);
    for (auto it = first; it != last; ++it) {
      if (equal(*it->second, node->op(), inputs)) return outputs_of(it->second);
    }
    std::vector<Value> outputs = reapply(node, inputs);
    known.emplace(hash, outputs.front().shared_node());
    return outputs;
  };
  return computation.with_roots(rewrite(roots, replacements, merge));
}

}  // namespace antler::passes
