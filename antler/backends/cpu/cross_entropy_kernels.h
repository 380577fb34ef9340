#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/composite.h"

namespace antler::cpu {

/// One kernel for each composite of ops/cross_entropy.h in float32; null for others.
KernelPtr cross_entropy_kernel(const ops::Composite& composite, const KernelSpecs& specs);

}  // namespace antler::cpu
