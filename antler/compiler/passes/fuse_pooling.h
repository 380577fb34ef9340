#pragma once

#include "antler/compiler/computation.h"

namespace antler::passes {

/// Joins the gradient of a float32 max pool with that of the ReLU before it.
Computation fuse_pooling(const Computation& computation);

}  // namespace antler::passes
