#pragma once

#include "antler/backends/kernel.h"
#include "antler/graph/op.h"

namespace antler::cpu {

/// Float32 pooling and its gradients, by our own kernels; null for other ops.
KernelPtr pooling_kernel(const Op& op, const KernelSpecs& specs);

}  // namespace antler::cpu
