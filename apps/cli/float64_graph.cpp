#include "apps/cli/float64_graph.h"

#include <memory>

#include "antler/graph/node.h"
#include "antler/ops/cast.h"
#include "antler/ops/composite.h"

namespace antler::cli {
namespace {

Value widened(const Value& value) {
  if (value.dtype() != DType::float32) return value;
  const Node& node = value.node();
  if (node.kind() == NodeKind::constant) return node.constant_value().astype(DType::float64);
  return ops::cast(value, DType::float64);
}

std::vector<Value> widen_node(const std::shared_ptr<const Node>& node,
                              const std::vector<Value>& inputs) {
  std::vector<Value> wide;
  for (const Value& input : inputs) wide.push_back(widened(input));
  if (const auto* cast = node->op_as<ops::Cast>()) {
    const DType dtype = cast->dtype == DType::float32 ? DType::float64 : cast->dtype;
    return {ops::cast(wide.front(), dtype)};
  }
  if (const auto* composite = node->op_as<ops::Composite>()) {
    ValueMap replacements;
    for (std::size_t i = 0; i < wide.size(); ++i) {
      replacements.emplace(key_of(composite->body->inputs[i]), wide[i]);
    }
    return rewrite(composite->body->outputs, replacements, widen_node);
  }
  return apply_all(node->op(), wide);
}

}  // namespace

std::vector<Value> in_float64(const std::vector<Value>& outputs, ValueMap& replacements) {
  std::vector<Value> wide = rewrite(outputs, replacements, widen_node);
  for (Value& value : wide) value = widened(value);
  return wide;
}

}  // namespace antler::cli
