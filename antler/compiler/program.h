#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "antler/compiler/computation.h"
#include "antler/core/tensor.h"
#include "antler/graph/variable.h"

namespace antler {

struct KernelCall;
struct RunStatus;

/// The memory of one run: workspace, scratch and the resolved operand pointers. A program may run
/// in several threads at once, each with a workspace of its own.
class Workspace {
 private:
  friend class Program;
  std::shared_ptr<std::byte[]> memory_;
};

/// A computation made ready for one set of shapes: a flat list of kernel calls over planned memory.
/// Immutable. Running allocates nothing, takes no lock and looks nothing up.
///
/// Threads  runs may overlap, each with a Workspace of its own, unless it writes variables.
class Program {
 public:
  ~Program();
  /// Runs the passes, picks kernels, plans memory. Errors: StateError when an op depends on an
  /// input that is not listed, ValueError when it has no kernel; what the passes report.
  static std::shared_ptr<const Program> compile(const Computation& computation,
                                                const ProgramOptions& options = {});

  std::shared_ptr<Workspace> make_workspace() const;

  /// One pointer for each input and output, of the specs below, contiguous. Variables are written
  /// only when all went well.
  /// Errors  ValueError for data that a kernel cannot compute with (a label out of range).
  void run(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
           Workspace& workspace) const;

  /// The same in `memory_bytes()` bytes of the caller's, aligned to 64 and prepared once: for a
  /// program within a kernel. Returns the call that reported to the status, or null.
  const KernelCall* run(std::span<const std::byte* const> inputs,
                        std::span<std::byte* const> outputs, std::byte* memory,
                        RunStatus& status) const noexcept;
  void prepare(std::byte* memory) const noexcept;
  std::size_t memory_bytes() const;

  const std::vector<TensorSpec>& inputs() const { return inputs_; }
  const std::vector<TensorSpec>& outputs() const { return outputs_; }
  const std::vector<KernelCall>& calls() const { return calls_; }
  std::size_t workspace_bytes() const { return workspace_bytes_ + scratch_bytes_; }
  /// One line a kernel call: number, op, shapes.
  std::string to_string() const;

 private:
  friend class ProgramBuilder;
  Program();
  struct Tables;
  Tables tables(std::byte* memory) const noexcept;
  void resolve(std::span<const std::byte* const> inputs, std::span<std::byte* const> outputs,
               const Tables& tables) const noexcept;
  [[noreturn]] void fail(const RunStatus& status, const KernelCall& call) const;

  std::vector<TensorSpec> inputs_, outputs_;
  std::vector<KernelCall> calls_;
  std::vector<Tensor> constants_;
  std::vector<Variable> variables_;
  std::vector<std::string> descriptions_;
  std::size_t workspace_bytes_ = 0;  // scratch follows it
  std::size_t scratch_bytes_ = 0;
  std::size_t input_count_ = 0;  // of all calls together
  std::size_t output_count_ = 0;
};

}  // namespace antler
