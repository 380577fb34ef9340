#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Trains a network on a data set and saves it; ends early, but whole, at the first Ctrl-C. Returns
/// the exit code.
int run(const TrainArguments& arguments);

}  // namespace antler::cli
