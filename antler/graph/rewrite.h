#pragma once

#include <functional>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "antler/core/callable.h"
#include "antler/graph/graph.h"

namespace antler {

struct ValueKey {
  const Node* node;
  int output;
  bool operator==(const ValueKey&) const = default;
};
struct ValueKeyHash {
  std::size_t operator()(const ValueKey& key) const {
    return std::hash<const void*>()(key.node) * 31 + static_cast<std::size_t>(key.output);
  }
};
inline ValueKey key_of(const Value& value) { return {&value.node(), value.output()}; }

/// A map from values by identity.
template <class T>
using ValueTable = std::unordered_map<ValueKey, T, ValueKeyHash>;
using ValueMap = ValueTable<Value>;

/// What becomes of an op node whose inputs were replaced: its new outputs.
using ReplaceNode = Callable<std::vector<Value>(const std::shared_ptr<const Node>& node,
                                                const std::vector<Value>& inputs)>;

/// `outputs` with leaves and nodes replaced: values in `replacements` first, then every op node
/// through `replace` (called for all of them, in order). Unchanged leaves stay themselves. The
/// replacements made are added to the map. Nodes that nothing needs any more are not visited.
std::vector<Value> rewrite(std::span<const Value> outputs, ValueMap& replacements,
                           const ReplaceNode& replace);

/// The usual `replace`: the same node when its inputs did not change, else its op applied anew.
std::vector<Value> reapply(const std::shared_ptr<const Node>& node,
                           const std::vector<Value>& inputs);

/// `graph.outputs` with its inputs replaced by `arguments`. Errors: the ops', for other shapes.
std::vector<Value> inline_graph(const Graph& graph, std::span<const Value> arguments);

}  // namespace antler
