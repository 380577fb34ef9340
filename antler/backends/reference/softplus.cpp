#include "antler/ops/softplus.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Softplus&, const KernelSpecs& specs) {
  return reference::floating_unary(
      specs, [](double x) { return (x < 0 ? 0 : x) + std::log1p(std::exp(-std::abs(x))); });
}

}  // namespace antler
