#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/composite.h"

namespace antler::cpu {

/// ops::affine_transform of float32 images; null for other composites.
KernelPtr image_kernel(const ops::Composite& composite, const KernelSpecs& specs);

}  // namespace antler::cpu
