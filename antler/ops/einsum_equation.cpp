#include "antler/ops/einsum_equation.h"

#include <algorithm>
#include <map>

#include "antler/core/error.h"

namespace antler::ops::detail {
namespace {

constexpr const char* kEllipsis = "...";

[[noreturn]] void fail(const std::string& equation, const std::string& what) {
  throw ValueError("einsum: expected " + what + ", got \"" + equation + "\"");
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::vector<std::string> split_terms(const std::string& text) {
  std::vector<std::string> terms(1);
  for (const char c : text) {
    if (c == ',') {
      terms.emplace_back();
    } else {
      terms.back() += c;
    }
  }
  return terms;
}

std::size_t letter_count(const std::string& term) {
  return static_cast<std::size_t>(std::count_if(term.begin(), term.end(), is_letter));
}

// The labels of one term, "..." standing for `hidden` axes.
std::vector<int> labels_of(const std::string& term, int hidden, const std::string& equation) {
  std::vector<int> labels;
  for (std::size_t i = 0; i < term.size(); ++i) {
    if (term.compare(i, 3, kEllipsis) == 0) {
      for (int axis = hidden; axis > 0; --axis) labels.push_back(-axis);
      i += 2;
      continue;
    }
    if (!is_letter(term[i])) fail(equation, "letters, \"...\", commas and one \"->\"");
    if (std::find(labels.begin(), labels.end(), term[i]) != labels.end()) {
      fail(equation, std::string("each letter once in a term (but '") + term[i] + "')");
    }
    labels.push_back(term[i]);
  }
  return labels;
}

bool has_ellipsis(const std::string& term) { return term.find(kEllipsis) != std::string::npos; }

std::vector<int> implicit_output(const std::vector<std::vector<int>>& operands, int hidden) {
  std::map<int, int> counts;
  for (const std::vector<int>& labels : operands) {
    for (const int label : labels) ++counts[label];
  }
  std::vector<int> output;
  for (int axis = hidden; axis > 0; --axis) output.push_back(-axis);
  for (const auto& [label, count] : counts) {
    if (label > 0 && count == 1) output.push_back(label);
  }
  return output;
}

}  // namespace

EinsumEquation parse_einsum(const std::string& equation, const std::vector<int>& ranks) {
  std::string text = equation;
  text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
  const std::size_t arrow = text.find("->");
  const std::vector<std::string> terms = split_terms(text.substr(0, arrow));
  if (terms.size() != ranks.size()) {
    fail(equation, "a term for each of " + std::to_string(ranks.size()) + " operands");
  }
  EinsumEquation parsed;
  int most_hidden = 0;
  bool any_ellipsis = false;
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const int hidden = ranks[i] - static_cast<int>(letter_count(terms[i]));
    if (hidden < 0 || (hidden > 0 && !has_ellipsis(terms[i]))) {
      throw ShapeError("einsum: expected an operand with the axes \"" + terms[i] +
                       "\", got one of rank " + std::to_string(ranks[i]));
    }
    parsed.operands.push_back(labels_of(terms[i], hidden, equation));
    most_hidden = std::max(most_hidden, hidden);
    any_ellipsis = any_ellipsis || has_ellipsis(terms[i]);
  }
  if (arrow == std::string::npos) {
    parsed.output = implicit_output(parsed.operands, most_hidden);
    return parsed;
  }
  const std::string output = text.substr(arrow + 2);
  if (most_hidden > 0 && !has_ellipsis(output)) fail(equation, "\"...\" in the output too");
  if (!any_ellipsis && has_ellipsis(output)) fail(equation, "\"...\" in an operand too");
  parsed.output = labels_of(output, most_hidden, equation);
  for (const int label : parsed.output) {
    const bool known = std::any_of(
        parsed.operands.begin(), parsed.operands.end(), [&](const std::vector<int>& labels) {
          return std::find(labels.begin(), labels.end(), label) != labels.end();
        });
    if (!known) fail(equation, "letters of the output in an operand too");
  }
  return parsed;
}

}  // namespace antler::ops::detail
