#include "antler/losses/weighting.h"

#include <tuple>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/size_of.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::losses {
namespace {

Value element_count(const Value& x, DType dtype) {
  std::vector<int> axes;
  for (int axis = 0; axis < x.rank(); ++axis) axes.push_back(axis);
  return ops::size_of(x, axes, dtype);
}

void require_broadcast(const Value& values, const Value& weight) {
  try {
    broadcast_shapes("", values.shape(), weight.shape());
  } catch (const ShapeError&) {
    throw ShapeError("expected sample_weight that broadcasts to the losses " +
                     values.shape().to_string() + ", got " + weight.shape().to_string() +
                     "; one weight a sample has shape (batch,), or (batch, 1) for sequences");
  }
}

}  // namespace

std::pair<Value, Value> squeeze_or_expand_to_same_rank(const Value& a, const Value& b) {
  if (a.rank() == b.rank() + 1 && a.shape().back() == 1) {
    if (b.rank() == 1) return {a, ops::expand_dims(b, -1)};
    return {ops::squeeze(a, -1), b};
  }
  if (b.rank() == a.rank() + 1 && b.shape().back() == 1) {
    if (a.rank() == 1) return {ops::expand_dims(a, -1), b};
    return {a, ops::squeeze(b, -1)};
  }
  return {a, b};
}

// The inner select keeps 0 / 0, and its gradient, from being made.
Value divide_no_nan(const Value& a, const Value& b) {
  const Value zero = ops::equal(b, 0);
  return ops::where(zero, 0, a / ops::where(zero, 1, b));
}

Value apply_mask(const Value& sample_weight, const Value& mask, DType dtype, Reduction reduction) {
  if (!mask) return sample_weight ? ops::cast(sample_weight, dtype) : Value();
  Value weight = ops::cast(mask, dtype);
  if (reduction == Reduction::sum_over_batch_size) {
    const Value scale = divide_no_nan(element_count(mask, dtype), ops::sum(weight));
    weight = ops::where(ops::cast(mask, DType::boolean), scale, 0);
  }
  if (!sample_weight) return weight;
  const auto [a, b] = squeeze_or_expand_to_same_rank(weight, ops::cast(sample_weight, dtype));
  return b * a;
}

Value reduce_weighted(const Value& values, const Value& sample_weight, const Value& mask,
                      Reduction reduction) {
  Value losses = values;
  Value weight = apply_mask(sample_weight, mask, values.dtype(), reduction);
  if (weight) {
    std::tie(losses, weight) = squeeze_or_expand_to_same_rank(losses, weight);
    require_broadcast(losses, weight);
    losses = losses * weight;
  }
  if (reduction == Reduction::none || losses.rank() == 0) return losses;
  if (reduction == Reduction::sum) return ops::sum(losses);
  if (reduction == Reduction::mean_with_sample_weight && weight) {
    return divide_no_nan(ops::sum(losses), ops::sum(weight));
  }
  return ops::mean(losses);
}

}  // namespace antler::losses
