#include "antler/compiler/program.h"

#include <algorithm>

#include "antler/compiler/passes/passes.h"
#include "antler/compiler/program_builder.h"
#include "antler/core/error.h"

namespace antler {

std::shared_ptr<const Program> Program::compile(const Computation& computation,
                                                const ProgramOptions& options) {
  const Backend& target = backend(options.backend);
  const Computation optimized = passes::run_all(computation, target, options);
  return ProgramBuilder(optimized, target).build();
}

// The table of bases: workspace, constants, variables, inputs, outputs.
std::shared_ptr<Workspace> Program::make_workspace() const {
  auto workspace = std::make_shared<Workspace>();
  workspace->memory_ = allocate_aligned(workspace_bytes_ + scratch_bytes_, false);
  workspace->bases_.push_back(workspace->memory_.get());
  for (const Tensor& constant : constants_) workspace->bases_.push_back(constant.raw());
  for (const Variable& variable : variables_) workspace->bases_.push_back(variable.storage());
  workspace->bases_.resize(workspace->bases_.size() + inputs_.size() + outputs_.size(), nullptr);
  std::size_t input_count = 0;
  std::size_t output_count = 0;
  for (const KernelCall& call : calls_) {
    input_count += call.inputs.size();
    output_count += call.outputs.size();
  }
  workspace->inputs_.resize(input_count);
  workspace->outputs_.resize(output_count);
  return workspace;
}

// Pointers are worked out anew only when a caller brings other buffers than at the last run.
void Program::resolve(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
                      Workspace& workspace) const {
  const std::size_t first = 1 + constants_.size() + variables_.size();
  bool same = workspace.resolved_;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    same = same && workspace.bases_[first + i] == inputs[i];
    workspace.bases_[first + i] = inputs[i];
  }
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    same = same && workspace.bases_[first + inputs.size() + i] == outputs[i];
    workspace.bases_[first + inputs.size() + i] = outputs[i];
  }
  if (same) return;
  const std::byte** input = workspace.inputs_.data();
  std::byte** output = workspace.outputs_.data();
  for (const KernelCall& call : calls_) {
    for (const Location& l : call.inputs) *input++ = workspace.bases_[l.slot] + l.offset;
    // Only workspace, variables and outputs are ever written, and those bases are not const.
    for (const Location& l : call.outputs) {
      *output++ = const_cast<std::byte*>(workspace.bases_[l.slot] + l.offset);
    }
  }
  workspace.resolved_ = true;
}

// Kernels that can fail come before the first one that writes a variable, so throwing at once
// leaves every variable as it was.
void Program::run(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
                  Workspace& workspace) const {
  resolve(inputs, outputs, workspace);
  RunStatus status;
  KernelArguments arguments{workspace.inputs_.data(), workspace.outputs_.data(),
                            workspace.memory_.get() + workspace_bytes_, &status};
  for (const KernelCall& call : calls_) {
    call.kernel->run(arguments);
    if (status.expected != nullptr) fail(status, call);
    arguments.inputs += call.inputs.size();
    arguments.outputs += call.outputs.size();
  }
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
