#pragma once

#include "antler/backends/fused_ops.h"
#include "antler/backends/kernel.h"
#include "antler/ops/composite.h"

namespace antler::cpu {

/// The kernel of an optimizer's update of one variable: the composites "adam_update" (without
/// amsgrad), "sgd_update", "sgd_momentum_update" and "rmsprop_update" in float32; null for others.
/// Their inputs and attributes: antler/optimizers/update_composite.h.
KernelPtr optimizer_kernel(const ops::Composite& composite, const KernelSpecs& specs);
/// The same, with the product that makes the gradient.
KernelPtr optimizer_kernel(const FusedUpdate& op, const KernelSpecs& specs);

}  // namespace antler::cpu
