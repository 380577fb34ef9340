#pragma once

#include <cstdint>
#include <optional>

#include "antler/core/tensor.h"

namespace antler::utils {

/// Class numbers as rows of zeros with a 1 at the class: what CategoricalCrossentropy compares
/// with.
///
/// Options  num_classes: the length of a row; the largest class number + 1 when it is left out.
/// Shapes   x (...) or (..., 1) -> (..., num_classes); a scalar gives (num_classes,).
/// Types    x: any, fractions are cut off; the result is float64, as Keras' of an array.
/// Errors   ValueError for a class outside [0, num_classes), and for no classes at all.
/// Source   keras.utils.to_categorical; there a negative class counts from the end.
Tensor to_categorical(const Tensor& x, std::optional<std::int64_t> num_classes = {});

}  // namespace antler::utils
