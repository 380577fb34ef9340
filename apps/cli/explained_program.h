#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "antler/compiler/profile.h"
#include "antler/core/config.h"
#include "apps/cli/model_file.h"

namespace antler::cli {

/// What the compiler made of a model's step.
struct ExplainedProgram {
  bool is_training = true;  // else a prediction, of a model without a loss
  std::int64_t batch_size = 0;
  std::vector<PassEffect> passes = {};   // those that changed something
  std::vector<ProfiledCall> calls = {};  // of the step and of the bodies of its loops
  std::size_t arena_bytes = 0;
};

/// Compiles the step of a batch of random examples, and runs it once.
///
/// Errors  StateError for a model whose input shape is not known.
ExplainedProgram explain_program(const LoadedModel& loaded, std::int64_t batch_size,
                                 std::uint64_t seed);

Config to_config(const ExplainedProgram& program);
/// Tables for a person: passes, fused kernels, which results share a place, work by layer; with
/// `calls` every kernel call.
std::string to_text(const ExplainedProgram& program, bool calls);

}  // namespace antler::cli
