#pragma once

#include "antler/graph/value.h"

namespace antler {

/// x with each line along `axis`, of n elements, replaced by its products with the columns of
/// `weights`, (n, count) of x's type: a resize along one axis.
///
/// Shapes  x (A..., n, B...) -> (A..., count, B...).
Value resample_axis(const Value& x, int axis, const Tensor& weights);

}  // namespace antler
