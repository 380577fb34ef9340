#include "antler/ops/scan.h"

#include "antler/backends/reference/reference_kernel.h"

namespace antler {

// A loop runs a program of its own, and programs are made a floor above: the compiler makes the
// kernel (compiler/scan_kernel.h) for every backend, with this backend's kernels in its body.
template <>
KernelPtr reference_kernel(const ops::Scan&, const KernelSpecs&) {
  return nullptr;
}

}  // namespace antler
