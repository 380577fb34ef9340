#pragma once

#include <string>
#include <vector>

namespace antler::ops::detail {

/// An einsum equation with its letters and the axes that "..." stands for as labels: a letter is
/// its code, axis i of "..." counted from its end is -1 - i.
struct EinsumEquation {
  std::vector<std::vector<int>> operands;
  std::vector<int> output;
};

/// Reads an equation for operands of the given ranks. Errors: ValueError, ShapeError.
EinsumEquation parse_einsum(const std::string& equation, const std::vector<int>& ranks);

}  // namespace antler::ops::detail
