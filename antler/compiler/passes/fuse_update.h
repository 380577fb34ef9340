#pragma once

#include "antler/compiler/computation.h"

namespace antler::passes {

/// Joins an optimizer's update with the product that makes its gradient, where nothing else reads
/// that: a norm of all gradients, a sum over several batches. Runs after fuse_matmul.
Computation fuse_update(const Computation& computation);

}  // namespace antler::passes
