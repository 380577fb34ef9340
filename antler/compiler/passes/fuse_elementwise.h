#pragma once

#include "antler/compiler/computation.h"

namespace antler::passes {

/// Joins chains of elementwise float32 ops of one output shape into single passes over memory.
/// Comparisons and casts of them become masks inside; a value that others read too ends a chain.
Computation fuse_elementwise(const Computation& computation);

}  // namespace antler::passes
