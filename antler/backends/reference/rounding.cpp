#include "antler/ops/rounding.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Abs&, const KernelSpecs& specs) {
  return reference::unary(specs, [](auto x) {
    if constexpr (std::is_floating_point_v<decltype(x)>) {
      return std::abs(x);
    } else {
      return x < 0 ? reference::wrapping(x, x, [](auto a, auto) { return -a; }) : x;
    }
  });
}

template <>
KernelPtr reference_kernel(const ops::Sign&, const KernelSpecs& specs) {
  return reference::unary(specs, [](auto x) {
    if (x > 0) return decltype(x){1};
    return x < 0 ? decltype(x){-1} : x;
  });
}

// nearbyint rounds halves to even: nothing here changes the rounding mode.
template <>
KernelPtr reference_kernel(const ops::Round&, const KernelSpecs& specs) {
  return reference::unary(specs, [](auto x) {
    if constexpr (std::is_floating_point_v<decltype(x)>) {
      return std::nearbyint(x);
    } else {
      return x;
    }
  });
}

template <>
KernelPtr reference_kernel(const ops::Floor&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::floor(x); });
}

template <>
KernelPtr reference_kernel(const ops::Ceil&, const KernelSpecs& specs) {
  return reference::floating_unary(specs, [](double x) { return std::ceil(x); });
}

}  // namespace antler
