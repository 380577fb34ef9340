#pragma once

#include "antler/compiler/computation.h"

namespace antler::passes {

/// Joins 2-D float32 products, and convolutions, with a bias on the last axis and relu, sigmoid or
/// tanh, where nothing else reads what lies between.
Computation fuse_matmul(const Computation& computation);

}  // namespace antler::passes
