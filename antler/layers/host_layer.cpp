#include "antler/layers/host_layer.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/graph/graph.h"

namespace antler {
namespace {

bool is_known_now(const Value& value) {
  const auto order = topological_order(std::span(&value, 1));
  return std::none_of(order.begin(), order.end(),
                      [](const auto& node) { return node->kind() == NodeKind::input; });
}

}  // namespace

std::vector<Value> HostLayer::call_list(const std::vector<Value>& inputs,
                                        CallContext& context) const {
  std::vector<TensorSpec> specs;
  for (const Value& input : inputs) specs.push_back(input.spec());
  if (context.for_shapes()) return {make_input(host_spec(specs))};
  host_spec(specs);  // its errors
  std::vector<Tensor> tensors;
  for (const Value& input : inputs) {
    if (!is_known_now(input)) {
      throw StateError(
          "expected to run before the program, first in the model: on its Input, or in "
          "Dataset::map; got a value that the program computes");
    }
    tensors.push_back(evaluate(input));
  }
  return {call_on_host(tensors)};
}

}  // namespace antler
