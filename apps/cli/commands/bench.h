#pragma once

#include "apps/cli/arguments.h"

namespace antler::cli {

/// Times training steps and predictions of a saved model or of a network of the benchmarks. Returns
/// the exit code.
int run(const BenchArguments& arguments);

}  // namespace antler::cli
