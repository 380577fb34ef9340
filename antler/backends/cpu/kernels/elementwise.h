// Chains of elementwise operations in one pass over memory, float32.
#pragma once

#include <cstdint>
#include <vector>

namespace antler::cpu {

/// Masks are 1.0f for true and 0.0f for false; any value but 0 counts as true.
enum class ElementwiseOp : uint8_t {
  // of one operand
  kCopy,
  kNegate,
  kAbs,
  kSign,
  kSquare,
  kSqrt,
  kRsqrt,
  kReciprocal,
  kExp,
  kExpm1,
  kLog,
  kLog1p,
  kSin,
  kCos,
  kTanh,
  kSigmoid,
  kRelu,
  kSoftplus,
  kErf,
  kFloor,
  kCeil,
  kRound,  // half to even
  kLogicalNot,
  // of two operands
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kMaximum,  // NaN if either is
  kMinimum,
  kPower,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kLogicalAnd,
  kLogicalOr,
  kReluGradient,  // a > 0 ? b : 0
  // of three operands
  kSelect,       // a ? b : c
  kMultiplyAdd,  // a * b + c, rounded once where the machine can
};

/// 1, 2 or 3.
int elementwise_arity(ElementwiseOp op) noexcept;

/// How an operand meets element i of the result.
enum class ElementwiseOperand : uint8_t {
  kFull,    // x[i]
  kScalar,  // x[0]
  kRow,     // x[i % inner]
  kColumn,  // x[i / inner]
};

/// register[target] = op(register[a], register[b], register[c]).
struct ElementwiseInstruction {
  ElementwiseOp op = ElementwiseOp::kCopy;
  uint8_t target = 0;
  uint8_t a = 0;
  uint8_t b = 0;
  uint8_t c = 0;
};

inline constexpr int kMaxElementwiseRegisters = 32;

/// A straight program over registers. Registers [0, inputs) hold the inputs, the next ones the
/// constants; these are read only. All others, below kMaxElementwiseRegisters, are written before
/// they are read.
struct ElementwiseProgram {
  std::vector<ElementwiseOperand> inputs;
  std::vector<float> constants;
  std::vector<ElementwiseInstruction> instructions;
  std::vector<uint8_t> outputs;  // the registers that are the results, in order
  int64_t inner = 1;             // the length of a row, for kRow and kColumn
};

/// Runs the program on the elements [begin, end). Pointers are to element 0 of each array.
///
/// An output may be the very array of a full input; otherwise they do not overlap. An element's
/// bits do not depend on the range. Relative errors are below 5e-7 (sin and cos: absolute 2e-7).
/// Threads  calls with disjoint ranges may run at once.
void run_elementwise(const ElementwiseProgram& program, const float* const* inputs,
                     float* const* outputs, int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
