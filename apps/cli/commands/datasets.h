#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// The data sets that are known by name, and where they are or belong. Returns the exit code.
int run(const DatasetsArguments& arguments);

}  // namespace antler::cli
