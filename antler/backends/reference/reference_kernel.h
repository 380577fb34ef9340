#pragma once

#include "antler/backends/kernel.h"
#include "antler/graph/op.h"

namespace antler {

/// The obvious kernel of an op, for every element type the op takes: the truth that other kernels
/// are tested against. The primary template is declared and never defined: each op's is specialized
/// in the file of reference/ named after it, and an op without one does not link.
template <class T>
KernelPtr reference_kernel(const T& op, const KernelSpecs& specs);

}  // namespace antler
