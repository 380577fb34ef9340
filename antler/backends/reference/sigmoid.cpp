#include "antler/ops/sigmoid.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Sigmoid&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return 1 / (1 + std::exp(-x)); });
}

}  // namespace antler
