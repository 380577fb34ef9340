#include "antler/ops/extrema.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Maximum&, const KernelSpecs& specs) {
  return reference::binary(specs, [](auto a, auto b) { return a != a || a > b ? a : b; });
}

template <>
KernelPtr reference_kernel(const ops::Minimum&, const KernelSpecs& specs) {
  return reference::binary(specs, [](auto a, auto b) { return a != a || a < b ? a : b; });
}

}  // namespace antler
