#include "antler/ops/logical.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::LogicalAnd&, const KernelSpecs& specs) {
  return reference::binary_of<bool, bool>(specs, [](auto a, auto b) { return a != 0 && b != 0; });
}

template <>
KernelPtr reference_kernel(const ops::LogicalOr&, const KernelSpecs& specs) {
  return reference::binary_of<bool, bool>(specs, [](auto a, auto b) { return a != 0 || b != 0; });
}

template <>
KernelPtr reference_kernel(const ops::LogicalNot&, const KernelSpecs& specs) {
  return reference::unary_of<bool, bool>(specs, [](auto x) { return x == 0; });
}

}  // namespace antler
