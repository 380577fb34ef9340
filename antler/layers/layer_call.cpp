#include "antler/layers/layer_call.h"

namespace antler {

std::vector<TensorSpec> LayerCall::infer(std::span<const TensorSpec> inputs) const {
  std::vector<Value> leaves;
  for (const TensorSpec& spec : inputs) leaves.push_back(make_input(spec));
  CallContext context;
  context.set_for_shapes();
  std::vector<TensorSpec> specs;
  for (const Value& output : trace(leaves, context)) specs.push_back(output.spec());
  return specs;
}

std::size_t LayerCall::input_count(std::size_t node_inputs) const {
  return node_inputs - options.values().size();
}

std::vector<Value> LayerCall::trace(const std::vector<Value>& node_inputs,
                                    CallContext& context) const {
  const auto own =
      node_inputs.begin() + static_cast<std::ptrdiff_t>(input_count(node_inputs.size()));
  return layer.base().invoke({node_inputs.begin(), own}, context,
                             options.with_values(std::span(own, node_inputs.end())));
}

std::vector<Value> replay(std::span<const Value> outputs, ValueMap& replacements,
                          CallContext& context) {
  return rewrite(outputs, replacements,
                 [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                   const auto* call = node->op_as<LayerCall>();
                   return call != nullptr ? call->trace(inputs, context) : reapply(node, inputs);
                 });
}

}  // namespace antler
