#include "antler/ops/comparison.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Equal&, const KernelSpecs& specs) {
  return reference::comparison(specs, [](auto a, auto b) { return a == b; });
}

template <>
KernelPtr reference_kernel(const ops::NotEqual&, const KernelSpecs& specs) {
  return reference::comparison(specs, [](auto a, auto b) { return a != b; });
}

template <>
KernelPtr reference_kernel(const ops::Less&, const KernelSpecs& specs) {
  return reference::comparison(specs, [](auto a, auto b) { return a < b; });
}

template <>
KernelPtr reference_kernel(const ops::LessEqual&, const KernelSpecs& specs) {
  return reference::comparison(specs, [](auto a, auto b) { return a <= b; });
}

template <>
KernelPtr reference_kernel(const ops::Greater&, const KernelSpecs& specs) {
  return reference::comparison(specs, [](auto a, auto b) { return a > b; });
}

template <>
KernelPtr reference_kernel(const ops::GreaterEqual&, const KernelSpecs& specs) {
  return reference::comparison(specs, [](auto a, auto b) { return a >= b; });
}

}  // namespace antler
