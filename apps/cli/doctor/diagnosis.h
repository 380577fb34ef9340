#pragma once

#include "antler/core/config.h"
#include "apps/cli/doctor/checks.h"

namespace antler::cli {

struct Diagnosis {
  std::vector<Finding> findings;
  /// Whether a finding stopped what computes the loss: units, gradients, metrics and rate.
  bool is_cut_short = false;
};

Diagnosis diagnose(const Patient& patient);

std::string to_text(const Diagnosis& diagnosis, const Patient& patient);
Config to_config(const Diagnosis& diagnosis, const Patient& patient);

}  // namespace antler::cli
