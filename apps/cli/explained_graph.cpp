#include "apps/cli/explained_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/algebra.h"
#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/graph/graph.h"
#include "antler/graph/node.h"
#include "antler/ops/cast.h"
#include "antler/ops/creation.h"

namespace antler::cli {
namespace {

// The course's letters first: of (w*x + b - y)^2 the parts are c, a and d.
constexpr const char* kInvented[] = {"c", "a", "d", "s", "p", "q", "r", "t", "u", "v"};

// Around the number of a node, in a formula that waits for values; no name holds it.
constexpr char kMark = '\x01';

// One value by its graph, to be computed with all others at once.
struct Wanted {
  Value value;
  std::optional<double>* target;
};

const double* value_of(const LeafValues& at, std::string_view leaf) {
  for (const auto& [name, number] : at) {
    if (name == leaf) return &number;
  }
  return nullptr;
}

Value number(double value) { return Tensor::full({}, value, DType::float64); }

class Explainer {
 public:
  Explainer(const ParsedExpression& expression, const LeafValues& at)
      : expression_(expression),
        at_(at),
        result_(expression.assigned.back().second),
        has_values_(!at.empty() || expression.inputs.empty()) {}

  ExplainedGraph explain() {
    check_leaf_values(expression_, at_);
    for (const auto& [name, value] : expression_.assigned) roots_.push_back(value);
    for (const auto& node : topological_order(roots_)) {
      if (node->kind() != NodeKind::constant) values_.emplace_back(node, 0);
    }
    give_names();
    graph_.result = names_.at(key_of(result_));
    gradients_ = gradients(result_, values_);
    for (Value& gradient : gradients_) {
      if (!gradient) gradient = number(0);
    }
    for (const Value& value : values_) graph_.nodes.push_back(described(value));
    for (std::size_t i = 0; i < values_.size(); ++i) {
      want(values_[i], graph_.nodes[i].value);
      want(gradients_[i], graph_.nodes[i].gradient);
    }
    for (const Value& reader : values_) add_shares(reader);
    compute();
    if (has_values_) put_in_numbers();
    for (const auto& [name, leaf] : expression_.inputs) add_gradient(name, leaf);
    return std::move(graph_);
  }

 private:
  void give_names() {
    std::set<std::string> taken;
    for (const auto* named : {&expression_.inputs, &expression_.assigned}) {
      for (const auto& [name, value] : *named) {
        names_.emplace(key_of(value), name);
        taken.insert(name);
      }
    }
    std::size_t next = 0;
    for (const Value& value : values_) {
      if (names_.count(key_of(value)) > 0) continue;
      std::string name;
      do {
        name = next < std::size(kInvented) ? kInvented[next]
                                           : fmt::format("v{}", next - std::size(kInvented) + 1);
        ++next;
      } while (!taken.insert(name).second);
      names_.emplace(key_of(value), name);
    }
  }

  const std::string& name_of(const Value& value) const { return names_.at(key_of(value)); }

  std::string operand(const Value& value) const {
    if (value.node().kind() != NodeKind::constant) return name_of(value);
    return number_text(value.node().constant_value().item<double>());
  }

  ExplainedNode described(const Value& value) const {
    const Node& node = value.node();
    ExplainedNode described{.name = name_of(value), .op = "input"};
    if (!node.is_op()) return described;
    described.op = node.op_as<ops::Cast>() != nullptr ? "copy" : std::string(node.op().name());
    for (const Value& input : node.inputs()) described.inputs.push_back(operand(input));
    described.formula = step_formula(value, names_);
    return described;
  }

  ExplainedNode& node_of(const Value& value) {
    const auto found = std::find_if(values_.begin(), values_.end(),
                                    [&](const Value& v) { return v.is_same(value); });
    return graph_.nodes[static_cast<std::size_t>(found - values_.begin())];
  }

  // The local derivatives are those of the reader's op on inputs of its own, so that w*w has two.
  void add_shares(const Value& reader) {
    const Node& node = reader.node();
    if (!node.is_op()) return;
    Graph local;
    ValueNames names;
    for (const Value& input : node.inputs()) {
      const bool is_constant = input.node().kind() == NodeKind::constant;
      local.inputs.push_back(is_constant ? input : make_input(input.spec()));
      if (!is_constant) names.emplace(key_of(local.inputs.back()), name_of(input));
    }
    const Value output = apply(node.op(), local.inputs);
    names.emplace(key_of(output), name_of(reader));
    const std::vector<Value> slopes = gradients(output, local.inputs);
    for (std::size_t i = 0; i < slopes.size(); ++i) {
      const Value& input = node.inputs()[i];
      if (input.node().kind() == NodeKind::constant) continue;
      const Value slope = slopes[i] ? slopes[i] : number(0);
      std::vector<GradientShare>& shares = node_of(input).shares;
      shares.push_back({.reader = name_of(reader), .local = formula_of(slope, names)});
      local.outputs = {slope};
      pending_.push_back(
          {inline_graph(local, node.inputs())[0], &node_of(input), shares.size() - 1});
    }
  }

  void want(const Value& value, std::optional<double>& target) {
    wanted_.push_back({value, &target});
  }

  // All numbers in one program, with the leaves' values in place of the leaves.
  void compute() {
    if (!has_values_) return;
    for (const Pending& pending : pending_) {
      want(pending.slope, pending.node->shares[pending.share].factor);
    }
    ValueMap replacements;
    for (const auto& [name, leaf] : expression_.inputs) {
      replacements.emplace(key_of(leaf), number(*value_of(at_, name)));
    }
    std::vector<Value> values;
    for (const Wanted& wanted : wanted_) values.push_back(wanted.value);
    const std::vector<Tensor> numbers = evaluate(rewrite(values, replacements, reapply));
    for (std::size_t i = 0; i < numbers.size(); ++i) *wanted_[i].target = numbers[i].item<double>();
    for (ExplainedNode& node : graph_.nodes) {
      for (GradientShare& share : node.shares) share.above = graph_.node(share.reader).gradient;
    }
  }

  // Numbers stand in the formula's text, not in the formula: 2*2 is not to become 2^2.
  void put_in_numbers() {
    ValueNames marks;
    for (std::size_t i = 0; i < values_.size(); ++i) {
      marks.emplace(key_of(values_[i]), fmt::format("{}{}{}", kMark, i, kMark));
    }
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (!values_[i].node().is_op()) continue;
      graph_.nodes[i].numbers = without_marks(step_formula(values_[i], marks));
    }
  }

  std::string without_marks(const std::string& marked) const {
    std::string text;
    std::size_t at = 0;
    while (at < marked.size()) {
      if (marked[at] != kMark) {
        text += marked[at++];
        continue;
      }
      const std::size_t end = marked.find(kMark, at + 1);
      const std::size_t i = std::stoul(marked.substr(at + 1, end - at - 1));
      at = end + 1;
      const std::string number = short_number(*graph_.nodes[i].value);
      const bool opens = text.empty() || text.back() == '(';
      const bool needs_brackets =
          number.front() == '-' && (!opens || (at < marked.size() && marked[at] == '^'));
      text += needs_brackets ? "(" + number + ")" : number;
    }
    return text;
  }

  void add_gradient(const std::string& name, const Value& leaf) {
    const auto found = std::find_if(values_.begin(), values_.end(),
                                    [&](const Value& v) { return v.is_same(leaf); });
    const Value& gradient = gradients_[static_cast<std::size_t>(found - values_.begin())];
    graph_.gradients.push_back({.name = name,
                                .short_formula = formula_of(gradient, names_),
                                .formula = formula_of(gradient)});
  }

  struct Pending {
    Value slope;
    ExplainedNode* node;
    std::size_t share;
  };

  const ParsedExpression& expression_;
  const LeafValues& at_;
  Value result_;
  bool has_values_;
  std::vector<Value> roots_;
  std::vector<Value> values_;     // those of graph_.nodes
  std::vector<Value> gradients_;  // of the result by each of them
  ValueNames names_;
  std::vector<Wanted> wanted_;
  std::vector<Pending> pending_;
  ExplainedGraph graph_;
};

}  // namespace

std::string short_number(double value) {
  const std::string text = fmt::format("{:.6g}", value);
  return text == "-0" ? "0" : text;
}

const ExplainedNode& ExplainedGraph::node(const std::string& name) const {
  return *std::find_if(nodes.begin(), nodes.end(),
                       [&](const ExplainedNode& n) { return n.name == name; });
}

LeafValues parse_leaf_values(const std::string& text) {
  LeafValues values;
  std::size_t at = 0;
  while (at <= text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const std::size_t sign = part.find('=');
    double number = 0;
    const char* last = part.data() + part.size();
    const bool has_number = sign != std::string::npos && sign > 0 && sign + 1 < part.size();
    const auto read = has_number ? std::from_chars(part.data() + sign + 1, last, number)
                                 : std::from_chars_result{last, std::errc::invalid_argument};
    if (read.ec != std::errc() || read.ptr != last || !std::isfinite(number)) {
      throw ValueError("expected values such as w=2,x=-2, got \"" + part + "\"");
    }
    const std::string name = part.substr(0, sign);
    const bool is_known = std::any_of(values.begin(), values.end(),
                                      [&](const auto& known) { return known.first == name; });
    if (is_known) throw ValueError("expected each name once, got " + name + " again");
    values.emplace_back(name, number);
    at = end + 1;
  }
  return values;
}

void check_leaf_values(const ParsedExpression& expression, const LeafValues& at) {
  std::vector<std::string_view> leaves;
  for (const auto& [name, leaf] : expression.inputs) leaves.push_back(name);
  for (const auto& [name, number] : at) {
    if (std::find(leaves.begin(), leaves.end(), name) != leaves.end()) continue;
    throw ValueError("--at: " + unknown_name("name", name, leaves));
  }
  for (const std::string_view leaf : leaves) {
    if (at.empty() || value_of(at, leaf) != nullptr) continue;
    throw ValueError(fmt::format(
        "--at: expected a value for each name that is read, got none for {}; add {}=...", leaf,
        leaf));
  }
}

ExplainedGraph explain_graph(const ParsedExpression& expression, const LeafValues& at) {
  return Explainer(expression, at).explain();
}

}  // namespace antler::cli
