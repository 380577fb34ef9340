#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Says why a saved model may not learn from a data set. Returns the exit code: a finding is no
/// failure.
int run(const DoctorArguments& arguments);

}  // namespace antler::cli
