#pragma once

#include "antler/core/tensor.h"

namespace antler::utils {

/// x divided by its norm along an axis; where the norm is 0, x stays as it is.
///
/// Options  order: 2 Euclidean, 1 sum of magnitudes, infinity the largest magnitude, -infinity the
///          smallest, 0 the number of elements other than 0, else (sum |x|^order)^(1/order).
/// Shapes   x (...), y as x.
/// Types    float32, float64; integers give float64.
/// Errors   ShapeError for an axis out of range.
/// Source   keras.utils.normalize. Of arrays, Keras takes axis 0 for the last one in the division
///          and gives a vector as a row; here both are as of Keras' tensors.
Tensor normalize(const Tensor& x, int axis = -1, double order = 2);

}  // namespace antler::utils
