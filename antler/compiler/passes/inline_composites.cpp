#include "antler/compiler/passes/passes.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/composite.h"

namespace antler::passes {
namespace {

bool runs_whole(const Backend& backend, const Op& op, const std::vector<Value>& inputs,
                const std::vector<TensorSpec>& outputs) {
  KernelSpecs specs;
  for (const Value& input : inputs) specs.inputs.push_back(input.spec());
  specs.outputs = outputs;
  return backend.kernel(op, specs) != nullptr;
}

// Bodies may hold composites again: they are expanded in the same way.
std::vector<Value> expand(const Backend& backend, const std::shared_ptr<const Node>& node,
                          const std::vector<Value>& inputs) {
  const auto* composite = node->op_as<ops::Composite>();
  if (composite == nullptr || runs_whole(backend, node->op(), inputs, node->outputs())) {
    return reapply(node, inputs);
  }
  ValueMap replacements;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    replacements.emplace(key_of(composite->body->inputs[i]), inputs[i]);
  }
  return rewrite(composite->body->outputs, replacements,
                 [&](const std::shared_ptr<const Node>& inner, const std::vector<Value>& in) {
                   return expand(backend, inner, in);
                 });
}

}  // namespace

Computation inline_composites(const Computation& computation, const Backend& backend) {
  ValueMap replacements;
  const std::vector<Value> roots = computation.roots();
  return computation.with_roots(
      rewrite(roots, replacements,
              [&](const std::shared_ptr<const Node>& node, const std::vector<Value>& inputs) {
                return expand(backend, node, inputs);
              }));
}

}  // namespace antler::passes
