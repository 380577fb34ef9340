#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/tensor.h"
#include "antler/core/thread_pool.h"

namespace antler::initializers {

/// A tensor whose element i is `draw(i)` rounded once, made on several threads. `draw` takes the
/// element and returns a double.
/// Errors: TypeError unless the type is a float; `class_name` opens it.
template <class Draw>
Tensor filled(std::string_view class_name, const Shape& shape, DType dtype, const Draw& draw) {
  if (!is_floating(dtype)) {
    throw TypeError(std::string(class_name) + ": expected float32 or float64, got " +
                    std::string(name(dtype)));
  }
  constexpr std::int64_t kBlock = 4096;
  Tensor out = Tensor::uninitialized(dtype, shape);
  const auto fill = [&](auto* data) {
    using T = std::remove_pointer_t<decltype(data)>;
    parallel_for((out.size() + kBlock - 1) / kBlock, [&](std::int64_t block) {
      const std::int64_t end = std::min(out.size(), (block + 1) * kBlock);
      for (std::int64_t i = block * kBlock; i < end; ++i) {
        data[i] = static_cast<T>(draw(static_cast<std::uint64_t>(i)));
      }
    });
  };
  if (dtype == DType::float32) {
    fill(out.mutable_data<float>().data());
  } else {
    fill(out.mutable_data<double>().data());
  }
  return out;
}

/// a + (b - a) u as a number below b, also once it is rounded to float32.
double uniform_below(double a, double b, double u);

}  // namespace antler::initializers
