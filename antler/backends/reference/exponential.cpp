#include "antler/ops/exponential.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Exp&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::exp(x); });
}

template <>
KernelPtr reference_kernel(const ops::Expm1&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::expm1(x); });
}

template <>
KernelPtr reference_kernel(const ops::Log&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::log(x); });
}

template <>
KernelPtr reference_kernel(const ops::Log1p&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::log1p(x); });
}

}  // namespace antler
