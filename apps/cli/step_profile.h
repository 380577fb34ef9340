#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "antler/core/config.h"
#include "apps/cli/bench_subject.h"
#include "apps/cli/roofline.h"

namespace antler::cli {

/// Kernel calls of a training step taken together: those of a layer, or those of one name.
struct ProfileRow {
  std::string name;
  std::int64_t calls = 0;    // in a step
  double seconds = 0;        // of a step
  KernelWork work = {};      // of a step
  double least_seconds = 0;  // by the roofline

  double share_of_roofline() const { return least_seconds / seconds; }
};

/// Where the time of a training step goes; rows from the longest to the shortest.
struct StepProfile {
  std::vector<ProfileRow> layers;
  std::vector<ProfileRow> kernels;
  ProfileRow total;
  std::size_t arena_bytes = 0;
  Roofline roofline;
};

/// Compiles the step anew with a clock around each kernel call, and runs it for that long; the
/// model's programs are forgotten before and after.
StepProfile profile_step(const BenchSubject& subject, double seconds);

Config to_config(const StepProfile& profile);
/// Tables for a person.
std::string to_text(const StepProfile& profile);

}  // namespace antler::cli
