#include "antler/ops/erf.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Erf&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::erf(x); });
}

}  // namespace antler
