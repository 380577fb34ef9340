#pragma once

#include <vector>

#include "apps/cli/doctor/finding.h"
#include "apps/cli/doctor/inside.h"
#include "apps/cli/doctor/patient.h"

// What is examined, one file each. Each gives what it finds: nothing when all is well.
namespace antler::cli {

/// Targets that the loss or the last activation cannot meet.
std::vector<Finding> check_labels(const Patient& patient);
/// A cross-entropy that takes probabilities for logits, or logits for probabilities.
std::vector<Finding> check_logits(const Patient& patient);
/// Metrics with a threshold for probabilities on an output of logits. Runs a step of evaluation.
std::vector<Finding> check_metrics(const Patient& patient);
/// Inputs far from mean 0 and deviation 1, unless the model begins with a scaling; constant ones.
std::vector<Finding> check_features(const Patient& patient);
/// Hidden units that are 0, or on a flat end of their activation, for all examples.
std::vector<Finding> check_units(const Inside& inside);
/// A loss or gradient that is not finite, and gradients that vanish or explode between layers.
std::vector<Finding> check_gradients(const Inside& inside);
/// Whether the compiled rate brings the loss down, on copies with new weights; if not, whether a
/// smaller or larger one does.
std::vector<Finding> check_rate(const Patient& patient);

}  // namespace antler::cli
