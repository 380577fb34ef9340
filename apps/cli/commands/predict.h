#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Predictions of a saved model: as CSV on standard output or in a file, or as .npy. Returns the
/// exit code.
int run(const PredictArguments& arguments);

}  // namespace antler::cli
