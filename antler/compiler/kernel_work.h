#pragma once

#include <string>

#include "antler/graph/node.h"

namespace antler {

/// What one run of a kernel has to do at least, from the shapes of its node alone.
///
/// flops  Products and convolutions exactly: 2 for each multiplication with its addition, none for
///        an epilogue. A chain of elementwise ops: one an op and element. A composite: that of its
///        body. A loop: none, for the kernels of its body have their own. Else one an element of
///        the larger side, and none for what only moves bytes.
/// bytes  Each input read once and each output written once, as if caches were perfect.
struct KernelWork {
  double flops = 0;
  double bytes = 0;
};
KernelWork work_of(const Node& node);

/// What a kernel is called in a profile: the op or composite, and what was fused into it, such as
/// "fused_matmul bias relu" or "fused_elementwise subtract multiply".
std::string kernel_name(const Node& node);

}  // namespace antler
