#pragma once

#include "antler/compiler/computation.h"

namespace antler::passes {

/// Joins a fused convolution with the max pool that alone reads it: whole images are then never
/// written. The gradients take the places of the largest instead. Runs after fuse_matmul and
/// fuse_pooling.
Computation fuse_convolution_pool(const Computation& computation);

}  // namespace antler::passes
