#pragma once

#include <string>

#include "antler/backends/kernel.h"
#include "antler/compiler/computation.h"
#include "antler/ops/scan.h"

namespace antler {

/// The kernel of a loop: its body compiled as a program of its own, for any backend. That program's
/// memory and the carried values lie in the kernel's scratch; slices are read and written where
/// they are.
KernelPtr scan_kernel(const ops::Scan& scan, const KernelSpecs& specs,
                      const ProgramOptions& options);

/// The label of a call of such a kernel: "scan", or the ops in the body that may fail on data.
std::string scan_label(const Kernel& kernel);

}  // namespace antler
