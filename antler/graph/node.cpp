#include "antler/graph/node.h"

#include <utility>

#include "antler/core/error.h"
#include "antler/graph/origin.h"
#include "antler/graph/variable.h"

namespace antler {

Node::Node() = default;

// A chain of a million nodes must not recurse a million times: inputs that die with this node are
// freed in a loop.
Node::~Node() {
  std::vector<Value> pending = std::move(inputs_);
  while (!pending.empty()) {
    const std::shared_ptr<const Node> node = pending.back().shared_node();
    pending.pop_back();
    if (node.use_count() == 1) {
      auto& inputs = const_cast<Node&>(*node).inputs_;
      pending.insert(pending.end(), std::make_move_iterator(inputs.begin()),
                     std::make_move_iterator(inputs.end()));
      inputs.clear();
    }
  }
}

Value Node::input(TensorSpec spec, std::string name, bool symbolic) {
  const std::shared_ptr<Node> node(new Node);
  node->outputs_ = {std::move(spec)};
  node->name_ = std::move(name);
  node->symbolic_ = symbolic;
  return {node, 0};
}

Value Node::constant(const Tensor& value, bool weak) {
  const std::shared_ptr<Node> node(new Node);
  node->kind_ = NodeKind::constant;
  node->outputs_ = {{value.shape(), value.dtype()}};
  node->constant_ = value;
  node->weak_ = weak;
  return {node, 0};
}

std::shared_ptr<const Node> Node::variable(std::unique_ptr<VariableState> state) {
  const std::shared_ptr<Node> node(new Node);
  node->kind_ = NodeKind::variable;
  node->outputs_ = {state->spec};
  node->name_ = state->name;
  node->variable_ = std::move(state);
  return node;
}

std::shared_ptr<const Node> Node::apply(Op op, std::vector<Value> inputs,
                                        std::vector<TensorSpec> outputs) {
  const std::shared_ptr<Node> node(new Node);
  node->kind_ = NodeKind::op;
  node->op_ = std::move(op);
  node->inputs_ = std::move(inputs);
  node->outputs_ = std::move(outputs);
  for (const Value& input : node->inputs_) {
    node->symbolic_ = node->symbolic_ || input.node().is_symbolic();
  }
  Origins::note(node);
  return node;
}

}  // namespace antler
