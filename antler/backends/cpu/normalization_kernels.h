#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/composite.h"

namespace antler::cpu {

/// The composites of antler/ops/normalization.h and their gradients, float32; null for others.
KernelPtr normalization_kernel(const ops::Composite& composite, const KernelSpecs& specs);

}  // namespace antler::cpu
