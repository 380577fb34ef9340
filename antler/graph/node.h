#pragma once

#include <memory>
#include <string>
#include <vector>

#include "antler/graph/op.h"
#include "antler/graph/value.h"

namespace antler {

struct VariableState;

enum class NodeKind : std::uint8_t { input, constant, variable, op };

/// One node of the computation graph: a leaf (input, constant, variable) or an op with its inputs.
/// Immutable; long chains are freed without recursion.
class Node {
 public:
  static Value input(TensorSpec spec, std::string name, bool symbolic);
  static Value constant(const Tensor& value, bool weak);
  static std::shared_ptr<const Node> variable(std::unique_ptr<VariableState> state);
  static std::shared_ptr<const Node> apply(Op op, std::vector<Value> inputs,
                                           std::vector<TensorSpec> outputs);

  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;
  ~Node();

  NodeKind kind() const { return kind_; }
  bool is_op() const { return kind_ == NodeKind::op; }
  const Op& op() const { return op_; }
  /// The op as a T, or nullptr for leaves and other ops.
  template <class T>
  const T* op_as() const {
    return is_op() ? op_.as<T>() : nullptr;
  }
  const std::vector<Value>& inputs() const { return inputs_; }
  const std::vector<TensorSpec>& outputs() const { return outputs_; }
  /// Whether it depends on a model's Input: such nodes are replayed for every program.
  bool is_symbolic() const { return symbolic_; }

  /// Leaves only.
  const std::string& input_name() const { return name_; }
  const Tensor& constant_value() const { return constant_; }
  bool is_weak() const { return weak_; }
  VariableState& variable_state() const { return *variable_; }

 private:
  Node();

  NodeKind kind_ = NodeKind::input;
  bool symbolic_ = false;
  bool weak_ = false;
  Op op_;
  std::vector<Value> inputs_;
  std::vector<TensorSpec> outputs_;
  std::string name_;
  Tensor constant_;
  std::shared_ptr<VariableState> variable_;  // of this node alone
};

}  // namespace antler
