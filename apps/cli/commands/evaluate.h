#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Loss and metrics of a saved model on a data set. Returns the exit code.
int run(const EvaluateArguments& arguments);

}  // namespace antler::cli
