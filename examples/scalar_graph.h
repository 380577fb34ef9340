// A computation graph of single numbers, small enough to read: forward from the leaves, back by the
// chain rule, and a count of the steps.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace course {

class ScalarGraph {
 public:
  enum class Kind : std::uint8_t {
    constant,
    parameter,
    sum,
    difference,
    product,
    tanh,
    half_square
  };
  struct Node {
    Kind kind;
    std::size_t left, right;
    double value, slope;  // slope: of the last node by this one
  };

  std::size_t constant(double value) { return push({Kind::constant, 0, 0, value, 0}); }
  std::size_t parameter(double value) {
    parameters_.push_back(nodes_.size());
    return push({Kind::parameter, 0, 0, value, 0});
  }
  std::size_t add(std::size_t a, std::size_t b) { return compute(Kind::sum, a, b); }
  std::size_t subtract(std::size_t a, std::size_t b) { return compute(Kind::difference, a, b); }
  std::size_t multiply(std::size_t a, std::size_t b) { return compute(Kind::product, a, b); }
  std::size_t tanh(std::size_t a) { return compute(Kind::tanh, a, a); }
  std::size_t half_square(std::size_t a) { return compute(Kind::half_square, a, a); }

  Node& operator[](std::size_t node) { return nodes_[node]; }
  const std::vector<std::size_t>& parameters() const { return parameters_; }
  /// Nodes that are computed: all but constants and parameters.
  std::size_t computed() const { return computed_; }
  /// Nodes computed and slopes passed on or collected so far.
  double steps() const { return steps_; }

  /// Computes every node in order; returns the last one.
  double forward() {
    for (Node& node : nodes_) {
      if (is_leaf(node)) continue;
      node.value = result(node.kind, nodes_[node.left].value, nodes_[node.right].value);
      ++steps_;
    }
    return nodes_.back().value;
  }

  /// The slopes of the last node by all others: each node, met after all that use it, passes its
  /// own on to what it is made of. After forward().
  void backward() {
    for (Node& node : nodes_) node.slope = 0;
    nodes_.back().slope = 1;
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      if (nodes_[i].kind == Kind::constant) continue;
      pass_on(nodes_[i]);
      ++steps_;
    }
  }

 private:
  static bool is_leaf(const Node& node) { return node.kind <= Kind::parameter; }

  static double result(Kind kind, double a, double b) {
    switch (kind) {
      case Kind::sum:
        return a + b;
      case Kind::difference:
        return a - b;
      case Kind::product:
        return a * b;
      case Kind::tanh:
        return std::tanh(a);
      default:
        return a * a / 2;
    }
  }

  void pass_on(const Node& node) {
    if (is_leaf(node)) return;
    Node &a = nodes_[node.left], &b = nodes_[node.right];
    switch (node.kind) {
      case Kind::sum:
        a.slope += node.slope;
        b.slope += node.slope;
        break;
      case Kind::difference:
        a.slope += node.slope;
        b.slope -= node.slope;
        break;
      case Kind::product:
        a.slope += node.slope * b.value;
        b.slope += node.slope * a.value;
        break;
      case Kind::tanh:
        a.slope += node.slope * (1 - node.value * node.value);
        break;
      default:
        a.slope += node.slope * a.value;
    }
  }

  std::size_t compute(Kind kind, std::size_t left, std::size_t right) {
    ++computed_;
    return push({kind, left, right, 0, 0});
  }
  std::size_t push(Node node) {
    nodes_.push_back(node);
    return nodes_.size() - 1;
  }

  std::vector<Node> nodes_;
  std::vector<std::size_t> parameters_;
  std::size_t computed_ = 0;
  double steps_ = 0;
};

/// The slopes by all parameters in one walk back. After forward().
inline std::vector<double> slopes_back(ScalarGraph& graph) {
  graph.backward();
  std::vector<double> slopes;
  for (const std::size_t p : graph.parameters()) slopes.push_back(graph[p].slope);
  return slopes;
}

/// The same, roughly: how much the last node moves when a parameter does, one after the other.
inline std::vector<double> slopes_nudged(ScalarGraph& graph, double result, double nudge) {
  std::vector<double> slopes;
  for (const std::size_t p : graph.parameters()) {
    const double value = graph[p].value;
    graph[p].value = value + nudge;
    slopes.push_back((graph.forward() - result) / nudge);
    graph[p].value = value;
  }
  return slopes;
}

}  // namespace course
