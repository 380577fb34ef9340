#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Explains an expression or a saved model. Returns the exit code.
int run(const ExplainArguments& arguments);

}  // namespace antler::cli
