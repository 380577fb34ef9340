#pragma once

#include <limits>
#include <type_traits>

namespace antler {

/// `value` as a To: a float to an integer truncates and saturates (NaN gives 0), to bool is `!= 0`.
template <class To, class From>
constexpr To convert_element(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From{};
  } else if constexpr (std::is_floating_point_v<From> && std::is_integral_v<To>) {
    // The bounds are powers of two (or 0), so they are exact in every float type.
    constexpr From kLow = static_cast<From>(std::numeric_limits<To>::min());
    constexpr From kHigh = From{2} * static_cast<From>(std::numeric_limits<To>::max() / 2 + 1);
    if (value != value) return To{};
    if (value < kLow) return std::numeric_limits<To>::min();
    if (value >= kHigh) return std::numeric_limits<To>::max();
    return static_cast<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

}  // namespace antler
