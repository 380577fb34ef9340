#pragma once

#include <memory>
#include <span>
#include <vector>

#include "antler/core/callable.h"
#include "antler/graph/node.h"
#include "antler/graph/value.h"

namespace antler {

/// Inputs and outputs of a computation; the nodes between are reachable from the outputs.
struct Graph {
  std::vector<Value> inputs;
  std::vector<Value> outputs;
};

/// All nodes that `outputs` depend on, each after its inputs, in an order that depends on the graph
/// alone; what only values with `stop` need is left out. Iterative: depth does not matter.
std::vector<std::shared_ptr<const Node>> topological_order(
    std::span<const Value> outputs, const Callable<bool(const Value&)>& stop = {});

}  // namespace antler
