#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/transpose.h"

namespace antler::cpu {

/// The kernel of a transposition that leaves at least the last axis in place (whole runs of
/// elements are copied), or of one that swaps the last two axes of float32. Null for others.
KernelPtr transpose_kernel(const ops::Transpose& op, const KernelSpecs& specs);

}  // namespace antler::cpu
