#include "antler/ops/roots.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Sqrt&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::sqrt(x); });
}

template <>
KernelPtr reference_kernel(const ops::Rsqrt&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return 1 / std::sqrt(x); });
}

}  // namespace antler
