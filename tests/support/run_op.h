#pragma once

#include <string>
#include <vector>

#include "antler/compiler/computation.h"
#include "antler/core/tensor.h"
#include "antler/graph/op.h"

namespace antler::testing {

/// The outputs of one op, applied to inputs of a program, so that nothing is folded.
std::vector<Tensor> run_op(const Op& op, const std::vector<Tensor>& inputs,
                           const ProgramOptions& options);

/// Empty when the op writes each byte of the outputs that it infers and none behind them; else what
/// is wrong.
std::string find_write_fault(const Op& op, const std::vector<Tensor>& inputs,
                             const ProgramOptions& options);

}  // namespace antler::testing
