#include "antler/ops/finite.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::IsFinite&, const KernelSpecs& specs) {
  return reference::predicate(specs, [](auto x) { return std::isfinite(x); });
}

template <>
KernelPtr reference_kernel(const ops::IsNan&, const KernelSpecs& specs) {
  return reference::predicate(specs, [](auto x) { return std::isnan(x); });
}

}  // namespace antler
