#include "antler/graph/same_computation.h"

#include <unordered_map>

namespace antler {
namespace {

// Where a graph's nodes stand in its order: equal graphs have equal orders.
struct NumberedGraph {
  std::vector<std::shared_ptr<const Node>> order;
  std::unordered_map<const Node*, std::size_t> numbers;

  explicit NumberedGraph(const Graph& graph) : order(topological_order(graph.outputs)) {
    for (std::size_t i = 0; i < order.size(); ++i) numbers.emplace(order[i].get(), i);
  }
  bool is_place(const Value& value, const NumberedGraph& other, const Value& others) const {
    return value.output() == others.output() &&
           numbers.at(&value.node()) == other.numbers.at(&others.node());
  }
};

// The number of an input leaf in its graph's list, or -1.
std::ptrdiff_t input_number(const Graph& graph, const Node& node) {
  for (std::size_t i = 0; i < graph.inputs.size(); ++i) {
    if (&graph.inputs[i].node() == &node) return static_cast<std::ptrdiff_t>(i);
  }
  return -1;
}

bool is_same_leaf(const Graph& a, const Node& x, const Graph& b, const Node& y) {
  if (x.kind() != y.kind()) return false;
  if (x.kind() == NodeKind::constant) return identical(x.constant_value(), y.constant_value());
  if (x.kind() == NodeKind::variable) return &x == &y;
  const std::ptrdiff_t number = input_number(a, x);
  return number == input_number(b, y) && (number >= 0 || &x == &y);
}

}  // namespace

bool is_same_computation(const Graph& a, const Graph& b) {
  if (a.inputs.size() != b.inputs.size() || a.outputs.size() != b.outputs.size()) return false;
  for (std::size_t i = 0; i < a.inputs.size(); ++i) {
    if (a.inputs[i].spec() != b.inputs[i].spec()) return false;
  }
  const NumberedGraph x(a);
  const NumberedGraph y(b);
  if (x.order.size() != y.order.size()) return false;
  for (std::size_t n = 0; n < x.order.size(); ++n) {
    const Node& first = *x.order[n];
    const Node& second = *y.order[n];
    if (first.is_op() != second.is_op() || first.outputs() != second.outputs()) return false;
    if (!first.is_op()) {
      if (!is_same_leaf(a, first, b, second)) return false;
      continue;
    }
    if (first.inputs().size() != second.inputs().size() || !(first.op() == second.op())) {
      return false;
    }
    for (std::size_t i = 0; i < first.inputs().size(); ++i) {
      if (!x.is_place(first.inputs()[i], y, second.inputs()[i])) return false;
    }
  }
  for (std::size_t i = 0; i < a.outputs.size(); ++i) {
    if (!x.is_place(a.outputs[i], y, b.outputs[i])) return false;
  }
  return true;
}

}  // namespace antler
