#include "antler/compiler/program.h"

#include <algorithm>

#include "antler/compiler/passes/passes.h"
#include "antler/compiler/profile.h"
#include "antler/compiler/program_builder.h"
#include "antler/core/error.h"
#include "antler/core/float_mode.h"

namespace antler {

Program::Program() = default;
Program::~Program() = default;

std::shared_ptr<const Program> Program::compile(const Computation& computation,
                                                const ProgramOptions& options) {
  const Profile::ProgramScope program;
  const Backend& target = backend(options.backend);
  const Computation optimized = passes::run_all(computation, target, options);
  return ProgramBuilder(optimized, target, options).build();
}

// What lies behind workspace and scratch: the bases (workspace, constants, variables, inputs,
// outputs), the operands of all calls, and whether these follow from the bases as they are.
struct Program::Tables {
  const std::byte** bases;
  const std::byte** inputs;
  std::byte** outputs;
  bool* resolved;
};

namespace {

std::size_t to_line(std::size_t bytes) { return (bytes + 63) / 64 * 64; }

}  // namespace

std::size_t Program::memory_bytes() const {
  const std::size_t bases =
      1 + constants_.size() + variables_.size() + inputs_.size() + outputs_.size();
  return to_line(workspace_bytes_) + to_line(scratch_bytes_) +
         (bases + input_count_ + output_count_) * sizeof(void*) + sizeof(bool);
}

Program::Tables Program::tables(std::byte* memory) const noexcept {
  std::byte* place = memory + to_line(workspace_bytes_) + to_line(scratch_bytes_);
  const auto next = [&](std::size_t count) {
    void* table = place;
    place += count * sizeof(void*);
    return table;
  };
  Tables t;
  t.bases = static_cast<const std::byte**>(
      next(1 + constants_.size() + variables_.size() + inputs_.size() + outputs_.size()));
  t.inputs = static_cast<const std::byte**>(next(input_count_));
  t.outputs = static_cast<std::byte**>(next(output_count_));
  t.resolved = reinterpret_cast<bool*>(place);
  return t;
}

void Program::prepare(std::byte* memory) const noexcept {
  const Tables t = tables(memory);
  const std::byte** base = t.bases;
  *base++ = memory;
  for (const Tensor& constant : constants_) *base++ = constant.raw();
  for (const Variable& variable : variables_) *base++ = variable.storage();
  std::fill_n(base, inputs_.size() + outputs_.size(), nullptr);
  *t.resolved = false;
}

std::shared_ptr<Workspace> Program::make_workspace() const {
  auto workspace = std::make_shared<Workspace>();
  workspace->memory_ = allocate_aligned(memory_bytes(), false);
  prepare(workspace->memory_.get());
  return workspace;
}

// Pointers are worked out anew only when a caller brings other buffers than at the last run.
void Program::resolve(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
                      const Tables& t) const noexcept {
  const std::size_t first = 1 + constants_.size() + variables_.size();
  bool same = *t.resolved;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    same = same && t.bases[first + i] == inputs[i];
    t.bases[first + i] = inputs[i];
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    same = same && t.bases[first + inputs.size() + i] == outputs[i];
    t.bases[first + inputs.size() + i] = outputs[i];
  }
  if (same) return;
  const std::byte** input = t.inputs;
  std::byte** output = t.outputs;
  for (const KernelCall& call : calls_) {
    for (const Location& l : call.inputs) *input++ = t.bases[l.slot] + l.offset;
    // Only workspace, variables and outputs are ever written, and those bases are not const.
    for (const Location& l : call.outputs) {
      *output++ = const_cast<std::byte*>(t.bases[l.slot] + l.offset);
    }
  }
  *t.resolved = true;
}

const KernelCall* Program::run(std::span<const std::byte* const> inputs,
                               std::span<std::byte* const> outputs, std::byte* memory,
                               RunStatus& status) const noexcept {
  const FlushDenormals flush;
  const Tables t = tables(memory);
  resolve(inputs, outputs, t);
  KernelArguments arguments{t.inputs, t.outputs, memory + to_line(workspace_bytes_), &status};
  for (const KernelCall& call : calls_) {
    call.kernel->run(arguments);
    if (status.expected != nullptr) return &call;
    arguments.inputs += call.inputs.size();
    arguments.outputs += call.outputs.size();
  }
  return nullptr;
}

// Kernels that can fail come before the first one that writes a variable, so throwing at once
// leaves every variable as it was.
void Program::run(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
                  Workspace& workspace) const {
  RunStatus status;
  const KernelCall* failed = run(inputs, outputs, workspace.memory_.get(), status);
  if (failed != nullptr) fail(status, *failed);
}

void Program::fail(const RunStatus& status, const KernelCall& call) const {
  throw ValueError(call.label + ": expected " + status.expected + " in [" +
                   std::to_string(status.low) + ", " + std::to_string(status.high) + "), got " +
                   std::to_string(status.value) + " at row " + std::to_string(status.position));
}

std::string Program::to_string() const {
  std::string text;
  for (std::size_t i = 0; i < calls_.size(); ++i) {
    text += std::to_string(i) + "  " + calls_[i].label + "  " + descriptions_[i] + "\n";
  }
  return text;
}

}  // namespace antler
