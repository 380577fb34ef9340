#include "antler/ops/division.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {
namespace {

// Rounded down; by 0 it is -1. Dividing the lowest number by -1 would overflow: it wraps.
std::int64_t quotient(std::int64_t a, std::int64_t b) {
  if (b == 0) return -1;
  if (b == -1) return reference::wrapping(a, a, [](auto x, auto) { return -x; });
  const std::int64_t truncated = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? truncated - 1 : truncated;
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::FloorDivide&, const KernelSpecs& specs) {
  return reference::binary(specs, [](auto a, auto b) {
    if constexpr (std::is_floating_point_v<decltype(a)>) {
      return std::floor(a / b);
    } else {
      return quotient(a, b);
    }
  });
}

template <>
KernelPtr reference_kernel(const ops::Mod&, const KernelSpecs& specs) {
  return reference::binary(specs, [](auto a, auto b) {
    if constexpr (std::is_floating_point_v<decltype(a)>) {
      const auto remainder = std::fmod(a, b);
      return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
    } else {
      if (b == 0 || b == -1) return b == 0 ? a : std::int64_t{0};
      return a - quotient(a, b) * b;
    }
  });
}

}  // namespace antler
