#pragma once

#include <span>
#include <vector>

#include "antler/graph/value.h"

namespace antler {

/// Reverse mode for ops that hold a body: antler/autodiff defines it, a floor above (see
/// antler/autodiff/gradients.h). An empty cotangent is none; so is an empty result.
std::vector<Value> vector_jacobian_product(std::span<const Value> outputs,
                                           std::span<const Value> cotangents,
                                           std::span<const Value> wrt);

}  // namespace antler
