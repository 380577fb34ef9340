#include "antler/graph/value.h"

#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/graph/variable.h"

namespace antler {

Value::Value(const Tensor& constant) : Value(Node::constant(constant, false)) {}

Value::Value(const Variable& variable) : Value(variable.value()) {}

Value Value::weak_constant(const Tensor& number) { return Node::constant(number, true); }

Value::operator Tensor() const { return evaluate(*this); }

const Node& Value::node() const {
  if (node_ == nullptr) throw StateError("Value: an empty value was used");
  return *node_;
}

const TensorSpec& Value::spec() const { return node().outputs()[static_cast<std::size_t>(output_)]; }

Value make_input(const TensorSpec& spec, std::string name) {
  return Node::input(spec, std::move(name), false);
}

}  // namespace antler
