#include "antler/autodiff/stable_forms.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/exponential.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"
#include "antler/ops/softplus.h"

namespace antler {
namespace {

bool is_constant_one(const Value& value) {
  const Node& node = value.node();
  return node.kind() == NodeKind::constant && node.constant_value().size() == 1 &&
         node.constant_value().item<double>() == 1.0;
}

// The stable form of log(p), or an empty value when p is no probability that we know.
Value log_of(const Value& p) {
  const Node& node = p.node();
  if (const auto* softmax = node.op_as<ops::Softmax>()) {
    return ops::log_softmax(node.inputs()[0], softmax->axis);
  }
  if (node.op_as<ops::Sigmoid>() != nullptr) return -ops::softplus(-node.inputs()[0]);
  if (node.op_as<ops::Subtract>() != nullptr && is_constant_one(node.inputs()[0])) {
    const Node& subtracted = node.inputs()[1].node();
    if (subtracted.op_as<ops::Sigmoid>() != nullptr) {
      return -ops::softplus(subtracted.inputs()[0]);
    }
  }
  return Value();
}

}  // namespace

std::vector<Value> stable_forms(std::span<const Value> outputs, ValueMap& replacements) {
  return rewrite(outputs, replacements,
                 [](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                   if (node->op_as<ops::Log>() != nullptr) {
                     if (const Value stable = log_of(inputs[0])) return std::vector<Value>{stable};
                   }
                   return reapply(node, inputs);
                 });
}

}  // namespace antler
