#pragma once

#include <cstdint>

#include "antler/core/dtype.h"

namespace antler {

/// Calls `f` with a value of the C++ type of `dtype` (its value is zero), for code that is written
/// once for all types of numbers: `visit_dtype(t.dtype(), [&](auto zero) { using T =
/// decltype(zero); ... })`. Errors: TypeError for strings.
template <class F>
decltype(auto) visit_dtype(DType dtype, F&& f) {
  switch (dtype) {
    case DType::float32:
      return f(float{});
    case DType::float64:
      return f(double{});
    case DType::int32:
      return f(std::int32_t{});
    case DType::int64:
      return f(std::int64_t{});
    case DType::uint8:
      return f(std::uint8_t{});
    case DType::boolean:
      return f(bool{});
    case DType::string:
      break;
  }
  refuse_strings();
}

}  // namespace antler
