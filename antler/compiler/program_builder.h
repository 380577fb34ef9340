#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "antler/backends/backend.h"
#include "antler/compiler/computation.h"
#include "antler/compiler/kernel_call.h"
#include "antler/compiler/memory_plan.h"
#include "antler/compiler/profile.h"
#include "antler/compiler/program.h"
#include "antler/graph/rewrite.h"

namespace antler {

/// The value whose bytes these are: views are followed to what they look at.
Value root_of(const Value& value);

/// Turns an optimized computation into a Program: order, kernels, places, calls.
///
/// Steps that write variables come last. A new value goes straight into its variable when nothing
/// reads the old one later and nothing can fail later; else it waits in the workspace and is copied
/// at the end.
class ProgramBuilder {
 public:
  ProgramBuilder(const Computation& computation, const Backend& backend,
                 const ProgramOptions& options);
  std::shared_ptr<const Program> build();

 private:
  struct Step {
    std::shared_ptr<const Node> node;
    KernelPtr kernel;
  };
  static constexpr std::size_t kNever = static_cast<std::size_t>(-1);

  void collect_leaves();
  void order_steps();
  void choose_kernels();
  void find_reads();
  void place_outputs();
  void place_assignments();
  void place_workspace();
  void emit_steps();
  void emit_copies();

  KernelSpecs specs_of(const Node& node) const;
  std::size_t last_read(const Value& root) const;
  static bool may_overwrite(const Step& step, const Value& root);
  bool may_store_early(const Variable& variable, const Value& root) const;
  /// The input whose buffer output `output` of a step can take over.
  std::optional<Value> reusable_input(std::size_t step, int output) const;
  void emit(const KernelPtr& kernel, std::string label, std::string description,
            std::vector<Location> inputs, std::vector<Location> outputs);
  /// Where a result lies, for those who look.
  OutputPlace output_place(const Location& location, const TensorSpec& spec) const;
  void emit_copy(const Location& from, const Location& to, const TensorSpec& spec);
  const Location& place(const Value& value) const { return places_.at(key_of(root_of(value))); }
  std::uint32_t output_slot(std::size_t i) const;

  const Computation& computation_;
  const Backend& backend_;
  const ProgramOptions& options_;
  std::shared_ptr<Program> program_;
  std::vector<Step> steps_;
  std::size_t can_fail_until_ = 0;  // steps from here on cannot
  std::unordered_map<const Node*, std::size_t> step_of_;
  ValueTable<std::vector<std::size_t>> reads_;  // by root value: the steps that read it
  ValueTable<Location> places_;                 // by root value
  std::vector<Lifetime> lifetimes_;             // of workspace buffers
  struct Copy {
    Location from, to;
    TensorSpec spec;
  };
  std::vector<Copy> first_copies_, last_copies_;
};

}  // namespace antler
