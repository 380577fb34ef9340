#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "antler/backends/fused_ops.h"
#include "antler/graph/graph.h"

namespace antler::passes {

/// The instruction of an elementwise op, or none.
std::optional<cpu::ElementwiseOp> elementwise_op_of(const Node& node);

/// A chain that grows from its last op towards its inputs.
class ElementwiseChain {
 public:
  explicit ElementwiseChain(Shape shape) : shape_(std::move(shape)) {}

  /// Takes room for an op's operands, before they are added; false when they may not fit.
  bool reserve(std::size_t operands);
  /// Adds an op with the registers of its operands; its own register.
  std::uint8_t add(cpu::ElementwiseOp op, const std::vector<std::uint8_t>& operands);
  /// The register of a float32 or boolean value from outside. One that is neither whole, a scalar,
  /// a row nor a column of the result is stretched to its shape first.
  std::uint8_t operand(const Value& value);

  Value finish(std::uint8_t result);

 private:
  /// A value as the chain reads it.
  struct Operand {
    Value value;
    cpu::ElementwiseOperand kind;
  };
  struct Temporary {
    cpu::ElementwiseOp op;
    std::vector<std::uint8_t> operands;
  };
  Operand fitted(const Value& value);
  bool takes_rows_of(std::int64_t inner);

  Shape shape_;
  std::size_t reserved_ = 1;    // registers, the result's among them
  std::int64_t inner_ = 0;      // the length of the rows, once an operand has settled it
  std::vector<Value> sources_;  // of the inputs, before they were stretched
  std::vector<Operand> inputs_;
  std::vector<float> constants_;
  std::vector<Temporary> temporaries_;
};

}  // namespace antler::passes
