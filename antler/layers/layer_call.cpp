#include "antler/layers/layer_call.h"

namespace antler {

std::vector<TensorSpec> LayerCall::infer(std::span<const TensorSpec> inputs) const {
  std::vector<Value> leaves;
  for (const TensorSpec& spec : inputs) leaves.push_back(make_input(spec));
  CallContext context;
  context.set_for_shapes();
  std::vector<TensorSpec> specs;
  for (const Value& output : layer.base().invoke(leaves, context)) specs.push_back(output.spec());
  return specs;
}

std::vector<Value> replay(std::span<const Value> outputs, ValueMap& replacements,
                          CallContext& context) {
  return rewrite(outputs, replacements,
                 [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                   const auto* call = node->op_as<LayerCall>();
                   return call != nullptr ? call->layer.base().invoke(inputs, context)
                                          : reapply(node, inputs);
                 });
}

}  // namespace antler
