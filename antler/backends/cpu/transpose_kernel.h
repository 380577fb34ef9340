#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/transpose.h"

namespace antler::cpu {

/// The kernel of a transposition that leaves at least the last axis in place: whole runs of
/// elements are copied. Null for others.
KernelPtr transpose_kernel(const ops::Transpose& op, const KernelSpecs& specs);

}  // namespace antler::cpu
