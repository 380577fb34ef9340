#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/composite.h"
#include "antler/ops/random.h"

namespace antler::cpu {

/// Uniform numbers in [0, 1) and normal ones, float32, with the reference kernel's bits; null for
/// other kinds and types.
KernelPtr random_kernel(const ops::Random& op, const KernelSpecs& specs);

/// The composite of antler/ops/dropout.h, float32; null for others.
KernelPtr dropout_kernel(const ops::Composite& composite, const KernelSpecs& specs);

}  // namespace antler::cpu
