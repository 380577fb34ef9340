#pragma once

#include <vector>

#include "antler/graph/value.h"

namespace antler::testing {

/// Computes the values with the cpu backend on every instruction set of this machine, and expects
/// what the reference backend gives: NaN for NaN, else within tolerance * max(1, |value|). The
/// values must hang on variables: constants are computed by the reference kernels.
void expect_reference_on_every_target(const std::vector<Value>& values, double tolerance);

}  // namespace antler::testing
