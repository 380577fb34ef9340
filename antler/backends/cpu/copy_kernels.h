#pragma once

#include "antler/backends/kernel.h"
#include "antler/graph/op.h"

namespace antler::cpu {

/// The kernel of an op that only moves elements (Transpose, Slice, Reverse, Pad, BroadcastTo), of
/// any type; null for other ops.
KernelPtr copy_kernel(const Op& op, const KernelSpecs& specs);

}  // namespace antler::cpu
