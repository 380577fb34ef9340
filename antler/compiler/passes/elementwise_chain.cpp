#include "antler/compiler/passes/elementwise_chain.h"

#include <cstring>

#include "antler/graph/node.h"
#include "antler/ops/all_ops.h"

namespace antler::passes {
namespace {

// While a chain grows the numbers of inputs and constants are not known: registers are marked by
// kind and settled at the end.
constexpr std::uint8_t kConstant = 64;
constexpr std::uint8_t kTemporary = 128;
constexpr std::uint8_t kIndex = 63;

template <class T>
bool is(const Node& node) {
  return node.op_as<T>() != nullptr;
}

bool same_bits(float a, float b) { return std::memcmp(&a, &b, sizeof a) == 0; }

}  // namespace

std::optional<cpu::ElementwiseOp> elementwise_op_of(const Node& node) {
  using cpu::ElementwiseOp;
  using Pair = std::pair<OpId, ElementwiseOp>;
  static const std::unordered_map<OpId, ElementwiseOp> table = {
      Pair{op_id<ops::Negative>(), ElementwiseOp::kNegate},
      Pair{op_id<ops::Abs>(), ElementwiseOp::kAbs},
      Pair{op_id<ops::Sign>(), ElementwiseOp::kSign},
      Pair{op_id<ops::Sqrt>(), ElementwiseOp::kSqrt},
      Pair{op_id<ops::Rsqrt>(), ElementwiseOp::kRsqrt},
      Pair{op_id<ops::Exp>(), ElementwiseOp::kExp},
      Pair{op_id<ops::Expm1>(), ElementwiseOp::kExpm1},
      Pair{op_id<ops::Log>(), ElementwiseOp::kLog},
      Pair{op_id<ops::Log1p>(), ElementwiseOp::kLog1p},
      Pair{op_id<ops::Sin>(), ElementwiseOp::kSin},
      Pair{op_id<ops::Cos>(), ElementwiseOp::kCos},
      Pair{op_id<ops::Tanh>(), ElementwiseOp::kTanh},
      Pair{op_id<ops::Sigmoid>(), ElementwiseOp::kSigmoid},
      Pair{op_id<ops::Relu>(), ElementwiseOp::kRelu},
      Pair{op_id<ops::Softplus>(), ElementwiseOp::kSoftplus},
      Pair{op_id<ops::Erf>(), ElementwiseOp::kErf},
      Pair{op_id<ops::Floor>(), ElementwiseOp::kFloor},
      Pair{op_id<ops::Ceil>(), ElementwiseOp::kCeil},
      Pair{op_id<ops::Round>(), ElementwiseOp::kRound},
      Pair{op_id<ops::LogicalNot>(), ElementwiseOp::kLogicalNot},
      Pair{op_id<ops::Add>(), ElementwiseOp::kAdd},
      Pair{op_id<ops::Subtract>(), ElementwiseOp::kSubtract},
      Pair{op_id<ops::Multiply>(), ElementwiseOp::kMultiply},
      Pair{op_id<ops::Divide>(), ElementwiseOp::kDivide},
      Pair{op_id<ops::Maximum>(), ElementwiseOp::kMaximum},
      Pair{op_id<ops::Minimum>(), ElementwiseOp::kMinimum},
      Pair{op_id<ops::Power>(), ElementwiseOp::kPower},
      Pair{op_id<ops::Equal>(), ElementwiseOp::kEqual},
      Pair{op_id<ops::NotEqual>(), ElementwiseOp::kNotEqual},
      Pair{op_id<ops::Less>(), ElementwiseOp::kLess},
      Pair{op_id<ops::LessEqual>(), ElementwiseOp::kLessEqual},
      Pair{op_id<ops::Greater>(), ElementwiseOp::kGreater},
      Pair{op_id<ops::GreaterEqual>(), ElementwiseOp::kGreaterEqual},
      Pair{op_id<ops::LogicalAnd>(), ElementwiseOp::kLogicalAnd},
      Pair{op_id<ops::LogicalOr>(), ElementwiseOp::kLogicalOr},
      Pair{op_id<ops::Where>(), ElementwiseOp::kSelect}};
  if (!node.is_op()) return std::nullopt;
  if (is<ops::Cast>(node)) {
    const bool from_mask = node.inputs()[0].dtype() == DType::boolean;
    return from_mask ? std::optional(ElementwiseOp::kCopy) : std::nullopt;
  }
  const auto found = table.find(node.op().id());
  return found == table.end() ? std::nullopt : std::optional(found->second);
}

std::optional<cpu::ElementwiseOperand> operand_kind(const Shape& operand, const Shape& output) {
  using cpu::ElementwiseOperand;
  if (operand.size() == 1) return ElementwiseOperand::kScalar;
  if (operand.size() == output.size()) return ElementwiseOperand::kFull;
  const int rank = output.rank();
  const std::int64_t last = output.back();
  if (operand.back() == last && operand.size() == last) return ElementwiseOperand::kRow;
  if (operand.rank() == rank && operand.back() == 1 &&
      operand.subshape(0, rank - 1) == output.subshape(0, rank - 1)) {
    return ElementwiseOperand::kColumn;
  }
  return std::nullopt;
}

std::optional<std::uint8_t> ElementwiseChain::add(cpu::ElementwiseOp op,
                                                  const std::vector<std::uint8_t>& operands) {
  if (!has_room()) return std::nullopt;
  temporaries_.push_back({op, operands});
  return static_cast<std::uint8_t>(kTemporary + temporaries_.size() - 1);
}

std::optional<std::uint8_t> ElementwiseChain::operand(const Value& value) {
  if (value.dtype() != DType::float32) return std::nullopt;
  const auto kind = operand_kind(value.shape(), shape_);
  if (!kind) return std::nullopt;
  const Node& node = value.node();
  if (node.kind() == NodeKind::constant && *kind == cpu::ElementwiseOperand::kScalar) {
    const float number = node.constant_value().data<float>()[0];
    for (std::size_t i = 0; i < constants_.size(); ++i) {
      if (same_bits(constants_[i], number)) return static_cast<std::uint8_t>(kConstant + i);
    }
    if (!has_room()) return std::nullopt;
    constants_.push_back(number);
    return static_cast<std::uint8_t>(kConstant + constants_.size() - 1);
  }
  for (std::size_t i = 0; i < inputs_.size(); ++i) {
    if (inputs_[i].is_same(value)) return static_cast<std::uint8_t>(i);
  }
  if (!has_room()) return std::nullopt;
  inputs_.push_back(value);
  kinds_.push_back(*kind);
  return static_cast<std::uint8_t>(inputs_.size() - 1);
}

Value ElementwiseChain::finish(std::uint8_t result) {
  const auto settled = [&](std::uint8_t marked) {
    const auto index = static_cast<std::size_t>(marked & kIndex);
    if (marked >= kTemporary) {
      return static_cast<std::uint8_t>(inputs_.size() + constants_.size() + index);
    }
    return static_cast<std::uint8_t>(marked >= kConstant ? inputs_.size() + index : index);
  };
  FusedElementwise op;
  op.shape = shape_;
  op.program.inputs = kinds_;
  op.program.constants = constants_;
  op.program.inner = shape_.rank() == 0 ? 1 : shape_.back();
  for (std::size_t i = 0; i < temporaries_.size(); ++i) {
    const std::vector<std::uint8_t>& from = temporaries_[i].operands;
    cpu::ElementwiseInstruction instruction;
    instruction.op = temporaries_[i].op;
    instruction.target = settled(static_cast<std::uint8_t>(kTemporary + i));
    instruction.a = settled(from[0]);
    if (from.size() > 1) instruction.b = settled(from[1]);
    if (from.size() > 2) instruction.c = settled(from[2]);
    op.program.instructions.push_back(instruction);
  }
  op.program.outputs = {settled(result)};
  return antler::apply(op, inputs_);
}

}  // namespace antler::passes
