#pragma once

#include "antler/backends/kernel.h"
#include "antler/graph/op.h"

namespace antler::cpu {

/// Reductions, softmax and conversions of float32 and what goes with it: kernels of single ops.
/// Null for an op, axis or type that these do not cover.
KernelPtr row_kernel(const Op& op, const KernelSpecs& specs);

}  // namespace antler::cpu
