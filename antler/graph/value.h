#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "antler/core/tensor.h"
#include "antler/graph/tensor_spec.h"

namespace antler {

class Node;
class Variable;

/// One output of a node of the computation graph: a cheap handle that keeps its node, and all that
/// the node depends on, alive. Nodes never change, so a graph needs no owner: it is what is
/// reachable from the values one asks for.
///
/// A Tensor, a number or a Variable converts to a Value. A number is *weak*: in a binary operation
/// it takes the other operand's element type. A Value that depends on no input converts to a
/// Tensor, which runs the computation: that is all of eager mode.
///
/// Errors   StateError when an empty Value is used, or one that depends on an input is evaluated;
///          TypeError when an op is given strings. An op checks shapes and types as far as they are
///          known when it is applied, the rest when the program is compiled.
/// Threads  as shared_ptr: distinct Values may be used from distinct threads.
/// Source   keras.KerasTensor, where it depends on an Input.
class Value {
 public:
  Value() = default;  // empty: "no value", as the gradient of what the loss does not reach
  Value(const Tensor& constant);
  Value(const Variable& variable);
  template <class T>
    requires std::is_arithmetic_v<T>
  Value(T number) : Value(weak_constant(Tensor(number))) {}
  Value(std::shared_ptr<const Node> node, int output) : node_(std::move(node)), output_(output) {}

  explicit operator bool() const { return node_ != nullptr; }
  /// Evaluates; see evaluate().
  operator Tensor() const;

  const TensorSpec& spec() const;
  const Shape& shape() const { return spec().shape; }
  DType dtype() const { return spec().dtype; }
  int rank() const { return spec().shape.rank(); }

  const Node& node() const;
  const std::shared_ptr<const Node>& shared_node() const { return node_; }
  int output() const { return output_; }
  /// The same output of the same node. (`==` is deleted: ops::equal compares elements.)
  bool is_same(const Value& other) const {
    return node_ == other.node_ && output_ == other.output_;
  }

  friend bool operator==(const Value&, const Value&) = delete;

 private:
  static Value weak_constant(const Tensor& number);

  std::shared_ptr<const Node> node_;
  int output_ = 0;
};

/// A new leaf that a Function or a model binds to data. Axes may be None.
Value make_input(const TensorSpec& spec, std::string name = "");

/// Computes one value, or several in one program. Errors: StateError naming the input when a value
/// depends on one; what the ops report.
Tensor evaluate(const Value& value);
std::vector<Tensor> evaluate(const std::vector<Value>& values);

}  // namespace antler
