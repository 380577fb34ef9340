#include "antler/graph/graph.h"

#include <unordered_set>

namespace antler {

std::vector<std::shared_ptr<const Node>> topological_order(
    std::span<const Value> outputs, const Callable<bool(const Value&)>& stop) {
  struct Visit {
    std::shared_ptr<const Node> node;
    std::size_t next_input;
  };
  std::vector<std::shared_ptr<const Node>> order;
  std::unordered_set<const Node*> seen;
  std::vector<Visit> stack;
  for (const Value& output : outputs) {
    if (!output || (stop && stop(output)) || !seen.insert(&output.node()).second) continue;
    stack.push_back({output.shared_node(), 0});
    while (!stack.empty()) {
      Visit& visit = stack.back();
      const std::vector<Value>& inputs = visit.node->inputs();
      if (visit.next_input == inputs.size()) {
        order.push_back(std::move(visit.node));
        stack.pop_back();
        continue;
      }
      const Value& input = inputs[visit.next_input++];
      if (!(stop && stop(input)) && seen.insert(&input.node()).second) {
        stack.push_back({input.shared_node(), 0});
      }
    }
  }
  return order;
}

}  // namespace antler
