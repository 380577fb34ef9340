#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// The layers of a saved model, and what the command knows about it. Returns the exit code.
int run(const SummaryArguments& arguments);

}  // namespace antler::cli
