#include "antler/compiler/passes/constants.h"

#include <cmath>

#include "antler/graph/node.h"

namespace antler::passes {

bool is_constant(const Value& value, double number) {
  const Node& node = value.node();
  if (node.kind() != NodeKind::constant || !is_floating(value.dtype())) return false;
  const Tensor& tensor = node.constant_value();
  if (tensor.size() != 1) return false;
  const double got = tensor.item<double>();
  return got == number && std::signbit(got) == std::signbit(number);
}

}  // namespace antler::passes
