#pragma once

#include <cstdint>
#include <string_view>

#include "antler/core/tensor.h"

namespace antler {

/// How `count` points spread evenly over an axis of n elements are put together from those: float64
/// (n, count), each column of sum 1.
///
/// Options  method: "bilinear", "bicubic" (Keys, 1981), "lanczos3", "lanczos5"; antialias: where
///          there are fewer points than elements, a point takes in all that lies between.
/// Errors   ValueError for another method.  Source  keras.ops.image.resize.
Tensor resize_weights(std::string_view method, std::int64_t n, std::int64_t count,
                      bool antialias = false);

}  // namespace antler
