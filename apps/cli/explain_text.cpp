#include "apps/cli/explain_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

namespace antler::cli {
namespace {

// The lines that lead to a child of the tree, and past it.
struct Branches {
  const char* middle;
  const char* last;
  const char* past;
};
constexpr Branches kUtf8 = {"\u251c\u2500 ", "\u2514\u2500 ", "\u2502  "};
constexpr Branches kAscii = {"|- ", "`- ", "|  "};

struct TreeLine {
  std::string text;
  std::size_t width = 0;  // in letters
  const ExplainedNode* node;
};

std::string equation(const ExplainedNode& node) {
  return node.formula.empty() ? node.name : node.name + " = " + node.formula;
}

class Tree {
 public:
  Tree(const ExplainedGraph& graph, bool utf8) : graph_(graph), lines_(utf8 ? kUtf8 : kAscii) {}

  std::string text() {
    add(graph_.node(graph_.result), "", "", 0);
    std::size_t widest = 0;
    for (const TreeLine& line : tree_) widest = std::max(widest, line.width);
    std::string text;
    for (const TreeLine& line : tree_) {
      text += "  " + line.text;
      if (line.node != nullptr && line.node->value) {
        fmt::format_to(std::back_inserter(text), "{}  {:>10}   d{}/d{} = {}",
                       std::string(widest - line.width, ' '), short_number(*line.node->value),
                       graph_.result, line.node->name, short_number(*line.node->gradient));
      }
      text += '\n';
    }
    return text;
  }

 private:
  // What was shown above is not shown again.
  void add(const ExplainedNode& node, const std::string& before, const std::string& below,
           std::size_t depth) {
    const bool is_new = seen_.insert(node.name).second;
    const bool is_repeated = !is_new && !node.inputs.empty();
    const std::string text = is_repeated ? node.name + " (above)" : equation(node);
    tree_.push_back({before + text, 3 * depth + text.size(), is_repeated ? nullptr : &node});
    if (is_repeated) return;
    std::vector<const ExplainedNode*> children;
    for (const std::string& input : node.inputs) {
      const auto found = std::find_if(graph_.nodes.begin(), graph_.nodes.end(),
                                      [&](const ExplainedNode& n) { return n.name == input; });
      const bool is_constant = found == graph_.nodes.end();
      if (!is_constant && std::find(children.begin(), children.end(), &*found) == children.end()) {
        children.push_back(&*found);
      }
    }
    for (const ExplainedNode* child : children) {
      const bool is_last = child == children.back();
      add(*child, below + (is_last ? lines_.last : lines_.middle),
          below + (is_last ? "   " : lines_.past), depth + 1);
    }
  }

  const ExplainedGraph& graph_;
  const Branches& lines_;
  std::vector<TreeLine> tree_;
  std::set<std::string> seen_;
};

// Sums have blanks outside of their brackets, products have none.
std::string bracketed(const std::string& formula) {
  int depth = 0;
  bool is_sum = formula.front() == '-';
  for (const char c : formula) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    is_sum = is_sum || (c == ' ' && depth == 0);
  }
  return is_sum ? "(" + formula + ")" : formula;
}

std::string bracketed(double value) {
  const std::string text = short_number(value);
  return text.front() == '-' ? "(" + text + ")" : text;
}

std::string forward_steps(const ExplainedGraph& graph) {
  std::string text;
  for (const ExplainedNode& node : graph.nodes) {
    text += "  " + equation(node);
    if (node.value) {
      if (!node.numbers.empty()) text += " = " + node.numbers;
      const std::string value = short_number(*node.value);
      if (node.numbers != value) text += " = " + value;
    }
    text += '\n';
  }
  return text;
}

// dJ/dw = dJ/dc * x + dJ/dd * 2 = 2 * (-2) + 1 * 2 = -2.
std::string backward_step(const ExplainedGraph& graph, const ExplainedNode& node) {
  const std::string over = "d" + graph.result + "/d";
  std::string text = "  " + over + node.name;
  if (node.name == graph.result) return text + " = 1\n";
  std::string formulas, numbers;
  for (const GradientShare& share : node.shares) {
    formulas +=
        (formulas.empty() ? "" : " + ") + over + share.reader + " * " + bracketed(share.local);
    if (!share.above) continue;
    numbers += (numbers.empty() ? short_number(*share.above) : " + " + bracketed(*share.above)) +
               " * " + bracketed(*share.factor);
  }
  text += " = " + (formulas.empty() ? "0" : formulas);
  if (!numbers.empty()) text += " = " + numbers + " = " + short_number(*node.gradient);
  return text + '\n';
}

std::string gradient_formulas(const ExplainedGraph& graph) {
  std::string text;
  for (const ExplainedGradient& gradient : graph.gradients) {
    fmt::format_to(std::back_inserter(text), "  d{}/d{} = {}", graph.result, gradient.name,
                   gradient.short_formula);
    if (gradient.formula != gradient.short_formula) text += " = " + gradient.formula;
    const ExplainedNode& node = graph.node(gradient.name);
    if (node.gradient) {
      const std::string value = short_number(*node.gradient);
      if (value != gradient.short_formula && value != gradient.formula) text += " = " + value;
    }
    text += '\n';
  }
  return text;
}

}  // namespace

std::string to_text(const ExplainedGraph& graph, bool utf8) {
  std::string text = "Graph\n" + Tree(graph, utf8).text();
  text += "\nForward\n" + forward_steps(graph);
  text += "\nBack\n";
  for (auto node = graph.nodes.rbegin(); node != graph.nodes.rend(); ++node) {
    text += backward_step(graph, *node);
  }
  if (!graph.gradients.empty()) text += "\nGradient\n" + gradient_formulas(graph);
  return text;
}

}  // namespace antler::cli
