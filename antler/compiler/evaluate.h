#pragma once

#include <vector>

#include "antler/compiler/computation.h"
#include "antler/core/tensor.h"

namespace antler {

/// Computes values that depend on no input, in one program made for them and dropped: eager mode
/// (see also evaluate in graph/value.h, which uses the defaults).
std::vector<Tensor> evaluate(const std::vector<Value>& values, const ProgramOptions& options);

}  // namespace antler
