#include "antler/ops/arithmetic.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

using reference::wrapping;

template <>
KernelPtr reference_kernel(const ops::Add&, const KernelSpecs& specs) {
  return reference::binary(
      specs, [](auto a, auto b) { return wrapping(a, b, [](auto x, auto y) { return x + y; }); });
}

template <>
KernelPtr reference_kernel(const ops::Subtract&, const KernelSpecs& specs) {
  return reference::binary(
      specs, [](auto a, auto b) { return wrapping(a, b, [](auto x, auto y) { return x - y; }); });
}

template <>
KernelPtr reference_kernel(const ops::Multiply&, const KernelSpecs& specs) {
  return reference::binary(
      specs, [](auto a, auto b) { return wrapping(a, b, [](auto x, auto y) { return x * y; }); });
}

template <>
KernelPtr reference_kernel(const ops::Divide&, const KernelSpecs& specs) {
  return reference::floating_binary(specs, [](auto a, auto b) { return a / b; });
}

template <>
KernelPtr reference_kernel(const ops::Negative&, const KernelSpecs& specs) {
  return reference::unary(specs, [](auto x) {
    return wrapping(x, x, [](auto a, auto) { return static_cast<decltype(a)>(-a); });
  });
}

}  // namespace antler
