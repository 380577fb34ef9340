#include "tests/support/run_op.h"

#include <cstring>
#include <memory>

#include "antler/compiler/program.h"

namespace antler::testing {
namespace {

constexpr std::size_t kGuard = 64;

std::shared_ptr<const Program> compile(const Op& op, const std::vector<Tensor>& inputs,
                                       const ProgramOptions& options) {
  std::vector<Value> leaves;
  for (const Tensor& input : inputs) leaves.push_back(make_input({input.shape(), input.dtype()}));
  return Program::compile({leaves, apply_all(op, leaves), {}}, options);
}

std::vector<const std::byte*> pointers(const std::vector<Tensor>& inputs) {
  std::vector<const std::byte*> raw;
  for (const Tensor& input : inputs) raw.push_back(input.raw());
  return raw;
}

/// Output buffers filled with one byte, each with a guard behind it.
struct GuardedOutputs {
  std::vector<std::shared_ptr<std::byte[]>> buffers;
  std::vector<std::byte*> raw;
  std::vector<std::size_t> bytes;

  GuardedOutputs(const Program& program, std::byte fill) {
    for (const TensorSpec& spec : program.outputs()) {
      bytes.push_back(static_cast<std::size_t>(spec.shape.size() * item_size(spec.dtype)));
      buffers.push_back(allocate_aligned(bytes.back() + kGuard, false));
      raw.push_back(buffers.back().get());
      for (std::size_t i = 0; i < bytes.back() + kGuard; ++i) raw.back()[i] = fill;
    }
  }
  bool guard_is_intact(std::size_t output, std::byte fill) const {
    for (std::size_t i = bytes[output]; i < bytes[output] + kGuard; ++i) {
      if (raw[output][i] != fill) return false;
    }
    return true;
  }
};

}  // namespace

std::vector<Tensor> run_op(const Op& op, const std::vector<Tensor>& inputs,
                           const ProgramOptions& options) {
  const auto program = compile(op, inputs, options);
  std::vector<Tensor> results;
  std::vector<std::byte*> outputs;
  for (const TensorSpec& spec : program->outputs()) {
    results.push_back(Tensor::uninitialized(spec.dtype, spec.shape));
    outputs.push_back(results.back().mutable_raw());
  }
  program->run(pointers(inputs), outputs, *program->make_workspace());
  return results;
}

std::string find_write_fault(const Op& op, const std::vector<Tensor>& inputs,
                             const ProgramOptions& options) {
  const auto program = compile(op, inputs, options);
  const std::byte zero{0}, ones{0xFF};
  GuardedOutputs over_zero(*program, zero), over_ones(*program, ones);
  program->run(pointers(inputs), over_zero.raw, *program->make_workspace());
  program->run(pointers(inputs), over_ones.raw, *program->make_workspace());
  for (std::size_t i = 0; i < over_zero.raw.size(); ++i) {
    const std::string output = "output " + std::to_string(i);
    if (!over_zero.guard_is_intact(i, zero) || !over_ones.guard_is_intact(i, ones)) {
      return output + " was written behind its end";
    }
    if (std::memcmp(over_zero.raw[i], over_ones.raw[i], over_zero.bytes[i]) != 0) {
      return output + " was not written as a whole";
    }
  }
  return "";
}

}  // namespace antler::testing
