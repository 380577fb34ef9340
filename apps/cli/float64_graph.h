#pragma once

#include <vector>

#include "antler/graph/rewrite.h"

namespace antler::cli {

/// The same values computed in float64: every float32 constant and variable is widened, casts to
/// float32 become casts to float64, composites are expanded. `replacements` gives float64 values in
/// place of leaves, and is added to.
std::vector<Value> in_float64(const std::vector<Value>& outputs, ValueMap& replacements);

}  // namespace antler::cli
