#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/compiler/formula.h"
#include "apps/cli/expression.h"

namespace antler::cli {

/// What a node gets of the derivative through one of those that read it: theirs times the local.
struct GradientShare {
  std::string reader = {};  // whose derivative it is
  std::string local = {};   // d reader / d node, as a formula
  std::optional<double> above = {};
  std::optional<double> factor = {};
};

/// A leaf or an op of an expression. Numbers are there when values were given for the leaves.
struct ExplainedNode {
  std::string name = {};
  std::string op = {};  // "input" for a leaf
  std::vector<std::string> inputs = {};
  std::string formula = {};  // on its inputs; empty for a leaf
  std::string numbers = {};  // the same with the inputs' values; empty without values
  std::optional<double> value = {};
  std::optional<double> gradient =
      {};  // of the result by this node; 0 where it does not depend on it
  std::vector<GradientShare> shares = {};
};

/// The derivative of the result by a leaf: over the named nodes, and over leaves alone.
struct ExplainedGradient {
  std::string name = {};
  std::string short_formula = {};
  std::string formula = {};
};

struct ExplainedGraph {
  std::string result = {};
  std::vector<ExplainedNode> nodes = {};  // each after its inputs
  std::vector<ExplainedGradient> gradients = {};

  const ExplainedNode& node(const std::string& name) const;
};

/// Six digits, as all of explain's text shows.
std::string short_number(double value);

/// Values of leaves by name, as --at gives them.
using LeafValues = std::vector<std::pair<std::string, double>>;
/// Errors: ValueError for a text that is not name=number, with commas between, or a name given
/// twice.
LeafValues parse_leaf_values(const std::string& text);

/// Errors: ValueError for a leaf without a value, and for a value of no leaf; none of either is
/// fine.
void check_leaf_values(const ParsedExpression& expression, const LeafValues& at);

/// The graph of an expression, with the derivative of its result by every node. Nodes that the
/// expression gives no name have invented ones: c, a, d, then s, p, ... Without `at` there are
/// formulas only. Errors: those of check_leaf_values.
ExplainedGraph explain_graph(const ParsedExpression& expression, const LeafValues& at);

}  // namespace antler::cli
