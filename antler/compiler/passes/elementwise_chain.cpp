#include "antler/compiler/passes/elementwise_chain.h"

#include <algorithm>
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

// All operands that are rows or columns must agree on where the result is cut into rows: the first
// one decides.
bool ElementwiseChain::takes_rows_of(std::int64_t inner) {
  if (inner_ == 0) inner_ = inner;
  return inner_ == inner;
}

ElementwiseChain::Operand ElementwiseChain::fitted(const Value& value) {
  using cpu::ElementwiseOperand;
  const Shape& shape = value.shape();
  if (shape.size() == 1) return {value, ElementwiseOperand::kScalar};
  if (shape.size() == shape_.size()) return {value, ElementwiseOperand::kFull};
  int first = 0;  // the axes [first, last) are not 1
  int last = shape.rank();
  while (shape[first] == 1) ++first;
  while (shape[last - 1] == 1) --last;
  const Shape own = shape.subshape(first, last);
  const int begin = shape_.rank() - shape.rank() + first;
  const int end = begin + own.rank();
  if (own == shape_.subshape(begin, end)) {
    const bool is_row = shape_.size(end, shape_.rank()) == 1;
    const bool is_column = shape_.size(0, begin) == 1;
    if (is_row && takes_rows_of(own.size())) return {value, ElementwiseOperand::kRow};
    if (is_column && takes_rows_of(shape_.size(end, shape_.rank()))) {
      return {value, ElementwiseOperand::kColumn};
    }
  }
  return {ops::broadcast_to(value, shape_), ElementwiseOperand::kFull};
}

bool ElementwiseChain::reserve(std::size_t operands) {
  if (reserved_ + operands > static_cast<std::size_t>(cpu::kMaxElementwiseRegisters)) return false;
  reserved_ += operands;
  return true;
}

std::uint8_t ElementwiseChain::add(cpu::ElementwiseOp op,
                                   const std::vector<std::uint8_t>& operands) {
  temporaries_.push_back({op, operands});
  return static_cast<std::uint8_t>(kTemporary + temporaries_.size() - 1);
}

std::uint8_t ElementwiseChain::operand(const Value& value) {
  const Node& node = value.node();
  if (node.kind() == NodeKind::constant && value.shape().size() == 1 &&
      value.dtype() == DType::float32) {
    const float number = node.constant_value().data<float>()[0];
    for (std::size_t i = 0; i < constants_.size(); ++i) {
      if (same_bits(constants_[i], number)) return static_cast<std::uint8_t>(kConstant + i);
    }
    constants_.push_back(number);
    return static_cast<std::uint8_t>(kConstant + constants_.size() - 1);
  }
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (sources_[i].is_same(value)) return static_cast<std::uint8_t>(i);
  }
  sources_.push_back(value);
  inputs_.push_back(fitted(ops::cast(value, DType::float32)));
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
  std::vector<Value> inputs;
  for (const Operand& operand : inputs_) {
    inputs.push_back(operand.value);
    op.program.inputs.push_back(operand.kind);
  }
  op.program.constants = constants_;
  op.program.inner = std::max<std::int64_t>(1, inner_);
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
  return antler::apply(op, inputs);
}

}  // namespace antler::passes
