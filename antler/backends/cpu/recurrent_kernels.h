#pragma once

#include "antler/backends/kernel.h"
#include "antler/ops/composite.h"

namespace antler::cpu {

/// The kernel of a composite of ops/recurrent_gates.h, or null: for another, or other types.
KernelPtr recurrent_kernel(const ops::Composite& composite, const KernelSpecs& specs);

}  // namespace antler::cpu
