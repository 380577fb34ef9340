#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "antler/backends/fused_ops.h"
#include "antler/graph/graph.h"

namespace antler::passes {

/// The instruction of an elementwise op, or none.
std::optional<cpu::ElementwiseOp> elementwise_op_of(const Node& node);

/// How a value meets each element of a result of shape `output`, or none when it is not whole, a
/// scalar, a row or a column.
std::optional<cpu::ElementwiseOperand> operand_kind(const Shape& operand, const Shape& output);

/// A chain that grows from its last op towards its inputs.
class ElementwiseChain {
 public:
  explicit ElementwiseChain(Shape shape) : shape_(std::move(shape)) {}

  /// Adds an op with the registers of its operands; its register, or none when there is no room.
  std::optional<std::uint8_t> add(cpu::ElementwiseOp op, const std::vector<std::uint8_t>& operands);
  /// The register of a value from outside; none when there is no room or it does not fit.
  std::optional<std::uint8_t> operand(const Value& value);

  Value finish(std::uint8_t result);

 private:
  struct Temporary {
    cpu::ElementwiseOp op;
    std::vector<std::uint8_t> operands;
  };
  bool has_room() const {
    return inputs_.size() + constants_.size() + temporaries_.size() <
           static_cast<std::size_t>(cpu::kMaxElementwiseRegisters);
  }

  Shape shape_;
  std::vector<Value> inputs_;
  std::vector<cpu::ElementwiseOperand> kinds_;
  std::vector<float> constants_;
  std::vector<Temporary> temporaries_;
};

}  // namespace antler::passes
