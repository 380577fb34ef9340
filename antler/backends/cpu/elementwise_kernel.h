#pragma once

#include "antler/backends/fused_ops.h"
#include "antler/backends/kernel.h"

namespace antler::cpu {

KernelPtr elementwise_kernel(const FusedElementwise& op, const KernelSpecs& specs);

}  // namespace antler::cpu
