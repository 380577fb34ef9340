#include "antler/layers/resample_axis.h"

#include "antler/ops/reshape.h"
#include "antler/ops/tensordot.h"
#include "antler/ops/transpose.h"

namespace antler {

// As (outer, n, inner), so that what is moved is two last axes, and the product one of matrices:
// for both there are fast kernels.
Value resample_axis(const Value& x, int axis, const Tensor& weights) {
  const Shape& shape = x.shape();
  Shape result = shape;
  result.set(axis, weights.shape()[1]);
  const Value lines =
      ops::reshape(x, {shape.size(0, axis), shape[axis], shape.size(axis + 1, shape.rank())});
  const Value resampled = ops::tensordot(ops::moveaxis(lines, 1, 2), weights, {2}, {0});
  return ops::reshape(ops::moveaxis(resampled, 2, 1), result);
}

}  // namespace antler
