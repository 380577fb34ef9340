#include "antler/layers/resample_axis.h"

#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/tensordot.h"
#include "antler/ops/transpose.h"

namespace antler {
namespace {

// Rows of fewer elements than this are no good columns of a product.
constexpr std::int64_t kWideRow = 16;

}  // namespace

// Where whole rows follow the axis, the weights are multiplied from the left and nothing is moved.
Value resample_axis(const Value& x, int axis, const Tensor& weights) {
  const Shape& shape = x.shape();
  const std::int64_t inner = shape.size(axis + 1, shape.rank());
  if (inner < kWideRow) return ops::moveaxis(ops::tensordot(x, weights, {axis}, {0}), -1, axis);
  Shape result = shape;
  result.set(axis, weights.shape()[1]);
  const Value rows = ops::reshape(x, {shape.size(0, axis), shape[axis], inner});
  return ops::reshape(ops::matmul(ops::transpose(weights), rows), result);
}

}  // namespace antler
