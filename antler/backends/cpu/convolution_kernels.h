#pragma once

#include "antler/backends/kernel.h"
#include "antler/graph/op.h"

namespace antler::cpu {

/// Float32 convolutions and their gradients: patches and our matrix product, or, for channels that
/// stay apart, sums over the window. Null for other ops.
KernelPtr convolution_kernel(const Op& op, const KernelSpecs& specs);

}  // namespace antler::cpu
