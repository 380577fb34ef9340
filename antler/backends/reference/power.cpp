#include "antler/ops/power.h"

#include <cmath>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {
namespace {

// By repeated squaring, modulo 2^64; a^-b is 1 / a^b without its fraction.
std::int64_t integer_power(std::int64_t base, std::int64_t exponent) {
  if (exponent < 0) {
    if (base == -1) return exponent % 2 == 0 ? 1 : -1;
    return base == 1 ? 1 : 0;
  }
  std::uint64_t result = 1;
  for (std::uint64_t square = static_cast<std::uint64_t>(base); exponent > 0; exponent /= 2) {
    if (exponent % 2 == 1) result *= square;
    square *= square;
  }
  return static_cast<std::int64_t>(result);
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::Power&, const KernelSpecs& specs) {
  return reference::binary(specs, [](auto a, auto b) {
    if constexpr (std::is_floating_point_v<decltype(a)>) {
      return std::pow(static_cast<double>(a), static_cast<double>(b));
    } else {
      return integer_power(a, b);
    }
  });
}

}  // namespace antler
