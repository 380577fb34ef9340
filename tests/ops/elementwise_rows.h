#pragma once

#include <functional>
#include <vector>

#include "tests/ops/sample.h"

namespace antler::testing {

using MakeInput = std::function<Tensor(const Shape&)>;

/// The rows that every elementwise op of one operand has: a vector width that divides nothing, a
/// scalar, no elements, and enough elements for several threads.
std::vector<Sample> unary_rows(const Op& op, const MakeInput& make);
/// The same for two operands, with each way of broadcasting and with shapes that do not fit.
std::vector<Sample> binary_rows(const Op& op, const MakeInput& first, const MakeInput& second);
/// The error of an op on floats for an integer.
Sample rejects_integers(const Op& op);

std::vector<Sample> joined(std::vector<Sample> rows, const std::vector<Sample>& more);

}  // namespace antler::testing
