#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/graph/value.h"

namespace antler::cli {

/// What a text such as "c = w*x; J = (c - y)^2/2" computes, in float64.
struct ParsedExpression {
  /// What it only reads, in the order of reading: leaves of shape () under their names.
  std::vector<std::pair<std::string, Value>> inputs;
  /// What it assigns, in order; an expression without a name is called J. The last is the result.
  std::vector<std::pair<std::string, Value>> assigned;
};

/// + - * / ^ (from the right, before a minus: -x^2 is -(x^2)), brackets, exp log sigmoid tanh relu,
/// numbers, names; assignments with ; between them.
///
/// Errors: ValueError that says what was expected at which position, and what came.
ParsedExpression parse_expression(std::string_view text);

}  // namespace antler::cli
