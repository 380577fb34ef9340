#include "antler/ops/trigonometric.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Sin&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::sin(x); });
}

template <>
KernelPtr reference_kernel(const ops::Cos&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::cos(x); });
}

template <>
KernelPtr reference_kernel(const ops::Tanh&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::tanh(x); });
}

}  // namespace antler
