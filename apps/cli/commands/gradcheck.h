#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Compares the gradients of a saved model with finite differences. Returns the exit code.
int run(const GradcheckArguments& arguments);

}  // namespace antler::cli
