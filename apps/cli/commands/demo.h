#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Trains, evaluates, saves, loads and shows the introductory course's network on digits. Returns
/// the exit code.
int run(const DemoArguments& arguments);

}  // namespace antler::cli
