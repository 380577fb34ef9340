#pragma once

#include "antler/backends/fused_ops.h"
#include "antler/backends/kernel.h"
#include "antler/ops/matmul.h"

namespace antler::cpu {

/// Float32 products of two matrices, by our own kernels or, when they are large, oneDNN's.
KernelPtr matmul_kernel(const FusedMatmul& op, const KernelSpecs& specs);
/// The same for plain products; leading axes are a loop over matrices. Null for what does not fit.
KernelPtr matmul_kernel(const ops::Matmul& op, const KernelSpecs& specs);

}  // namespace antler::cpu
