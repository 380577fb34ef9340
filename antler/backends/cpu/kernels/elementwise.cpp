#include "antler/backends/cpu/kernels/elementwise.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/elementwise_loops.h"

namespace antler::cpu {
namespace {

// A handful of registers of this many floats stay in L1.
constexpr int64_t kBlock = 512;

// The registers while a program runs over its blocks.
class Interpreter {
 public:
  Interpreter(const ElementwiseProgram& program, const float* const* inputs, float* const* outputs)
      : program_(program), inputs_(inputs), outputs_(outputs) {
    for (const ElementwiseOperand operand : program.inputs) {
      by_rows_ |= operand == ElementwiseOperand::kRow || operand == ElementwiseOperand::kColumn;
    }
    int next = static_cast<int>(program.inputs.size());
    for (const float& constant : program.constants) registers_[next++] = {&constant, true};
  }

  void run(int64_t begin, int64_t end) {
    const int64_t inner = program_.inner;
    for (int64_t i = begin; i < end;) {
      int64_t count = std::min(kBlock, end - i);
      if (!by_rows_) {
        bind_within_row(i, 0, 0);
      } else if (inner > kBlock / 2 || i % inner != 0) {
        count = std::min(count, inner - i % inner);
        bind_within_row(i, i % inner, i / inner);
      } else {
        count = std::min(count, kBlock / inner * inner);
        bind_rows(i, count);
      }
      execute(i, count);
      i += count;
    }
  }

 private:
  // The operands of a block that lies in one row: nothing is copied, and a column is one value.
  void bind_within_row(int64_t i, int64_t column, int64_t row) {
    for (size_t r = 0; r < program_.inputs.size(); ++r) {
      switch (program_.inputs[r]) {
        case ElementwiseOperand::kFull:
          registers_[r] = {inputs_[r] + i, false};
          break;
        case ElementwiseOperand::kScalar:
          registers_[r] = {inputs_[r], true};
          break;
        case ElementwiseOperand::kRow:
          registers_[r] = {inputs_[r] + column, false};
          break;
        case ElementwiseOperand::kColumn:
          registers_[r] = {inputs_[r] + row, true};
          break;
      }
    }
  }

  // The operands of a block that starts with a row and holds several.
  void bind_rows(int64_t i, int64_t count) {
    const int64_t inner = program_.inner;
    for (size_t r = 0; r < program_.inputs.size(); ++r) {
      float* block = blocks_[r];
      switch (program_.inputs[r]) {
        case ElementwiseOperand::kFull:
          registers_[r] = {inputs_[r] + i, false};
          break;
        case ElementwiseOperand::kScalar:
          registers_[r] = {inputs_[r], true};
          break;
        case ElementwiseOperand::kRow:
          // The first such block is the longest: its copies of the row serve the others.
          for (int64_t j = 0; j < count && !rows_repeated_; j += inner) {
            std::copy_n(inputs_[r], std::min(inner, count - j), block + j);
          }
          registers_[r] = {block, false};
          break;
        case ElementwiseOperand::kColumn:
          for (int64_t j = 0; j < count; j += inner) {
            std::fill_n(block + j, std::min(inner, count - j), inputs_[r][(i + j) / inner]);
          }
          registers_[r] = {block, false};
          break;
      }
    }
    rows_repeated_ = true;
  }

  void execute(int64_t i, int64_t count) {
    const auto& instructions = program_.instructions;
    for (size_t step = 0; step < instructions.size(); ++step) {
      const ElementwiseInstruction& instruction = instructions[step];
      float* y = blocks_[instruction.target];
      // The last result needs no block: nothing reads an input, which may be this output, any more.
      if (step + 1 == instructions.size()) y = output_or(instruction.target, i, y);
      apply(instruction, y, count);
    }
    for (size_t o = 0; o < program_.outputs.size(); ++o) {
      const ElementwiseSource& source = registers_[program_.outputs[o]];
      float* y = outputs_[o] + i;
      if (source.scalar) {
        std::fill_n(y, count, *source.data);
      } else if (source.data != y) {
        std::copy_n(source.data, count, y);
      }
    }
  }

  float* output_or(uint8_t target, int64_t i, float* otherwise) const {
    for (size_t o = 0; o < program_.outputs.size(); ++o) {
      if (program_.outputs[o] == target) return outputs_[o] + i;
    }
    return otherwise;
  }

  void apply(const ElementwiseInstruction& instruction, float* y, int64_t count) {
    const auto [op, target, ra, rb, rc] = instruction;
    const ElementwiseSource a = registers_[ra];
    const ElementwiseSource b = registers_[rb];
    const ElementwiseSource c = registers_[rc];
    const int arity = elementwise_arity(op);
    const bool scalar = a.scalar && (arity < 2 || b.scalar) && (arity < 3 || c.scalar);
    if (scalar) {
      y = blocks_[target];
      count = 1;
    }
    switch (arity) {
      case 1:
        elementwise_unary(op, a.data, y, count);
        break;
      case 2:
        elementwise_binary(op, a, b, y, count);
        break;
      default:
        elementwise_ternary(op, a, b, c, y, count);
        break;
    }
    registers_[target] = {y, scalar};
  }

  const ElementwiseProgram& program_;
  const float* const* inputs_;
  float* const* outputs_;
  bool by_rows_ = false;
  bool rows_repeated_ = false;
  ElementwiseSource registers_[kMaxElementwiseRegisters];
  alignas(64) float blocks_[kMaxElementwiseRegisters][kBlock];
};

}  // namespace

int elementwise_arity(ElementwiseOp op) noexcept {
  return op < ElementwiseOp::kAdd ? 1 : op < ElementwiseOp::kSelect ? 2 : 3;
}

void run_elementwise(const ElementwiseProgram& program, const float* const* inputs,
                     float* const* outputs, int64_t begin, int64_t end) noexcept {
  Interpreter(program, inputs, outputs).run(begin, end);
}

}  // namespace antler::cpu
