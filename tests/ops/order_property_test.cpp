// What must hold for sorting, selecting and clipping.
#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/comparison.h"
#include "antler/ops/creation.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/sort.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

// Few values, so that many are equal.
Tensor any_with_ties(const Shape& shape) {
  const DType dtype =
      any_type({DType::float32, DType::float64, DType::int32, DType::int64, DType::uint8});
  return any_whole(shape, dtype, 0, 4);
}

void require_all(const Value& condition) { RC_ASSERT(Tensor(ops::all(condition)).item<bool>()); }

RC_GTEST_PROP(SortProperty, IsAnOrderedPermutation, ()) {
  const Value x = any_with_ties(any_shape(1, 3));
  const int axis = any_axis(x.rank());
  const Value y = ops::sort(x, axis);
  require_all(slice_axis(y, axis, 0, -1) <= slice_axis(y, axis, 1));
  // Each index once, and the elements at them: so it is a permutation.
  const Value order = argsort(x, axis);
  require_near(take_along_axis(x, order, axis), y);
  const Value ranks = arange(x.shape().dim(axis));
  require_near(moveaxis(ops::sort(order, axis), axis, -1),
               broadcast_to(ranks, moveaxis(x, axis, -1).shape()));
}

RC_GTEST_PROP(SortProperty, KeepsTheOrderOfEqualElements, ()) {
  const Value x = any_with_ties(any_shape(1, 3));
  const int axis = any_axis(x.rank());
  const Value y = ops::sort(x, axis);
  const Value order = argsort(x, axis);
  const Value tied = equal(slice_axis(y, axis, 0, -1), slice_axis(y, axis, 1));
  const Value ascending = slice_axis(order, axis, 0, -1) < slice_axis(order, axis, 1);
  require_all(logical_or(logical_not(tied), ascending));
}

RC_GTEST_PROP(TopKProperty, IsTheEndOfTheSortedTurnedOver, ()) {
  const Value x = any_with_ties(any_shape(1, 3, 1));
  const std::int64_t k = any_number(1, x.shape().back());
  const TopKResult top = top_k(x, k);
  require_near(top.values, slice_axis(flip(ops::sort(x), -1), -1, 0, k));
  require_near(take_along_axis(x, top.indices, -1), top.values);
  require_near(slice_axis(top.values, -1, 0, 1), ops::max(x, {.axis = -1, .keepdims = true}));
  const Value tied = equal(slice_axis(top.values, -1, 0, -1), slice_axis(top.values, -1, 1));
  const Value ascending = slice_axis(top.indices, -1, 0, -1) < slice_axis(top.indices, -1, 1);
  require_all(logical_or(logical_not(tied), ascending));
}

RC_GTEST_PROP(ClipProperty, KeepsWithinBoundsAndNothingElse, ()) {
  const DType dtype = any_type({DType::float32, DType::float64, DType::int32});
  const Value x = any_whole(any_shape(0, 3), dtype);
  const std::int64_t low = any_number(-6, 6);
  const std::int64_t high = low + any_number(0, 6);
  const Value y = clip(x, low, high);
  require_all(logical_and(y >= low, y <= high));
  require_all(logical_or(equal(x, y), logical_or(x<low, x> high)));
  require_all(logical_or(x >= low, equal(y, full_like(x, static_cast<double>(low)))));
  require_near(clip(y, low, high), y);
}

RC_GTEST_PROP(WhereProperty, ShowsEachOperandOnce, ()) {
  const Shape shape = any_shape(0, 3);
  const DType dtype = any_type({DType::float32, DType::float64, DType::int32, DType::int64});
  const Value condition = any_whole(shape, DType::boolean, 0, 1);
  const Value a = any_whole(shape, dtype);
  const Value b = any_whole(shape, dtype);
  require_near(where(condition, a, b) + where(condition, b, a), a + b);
  require_near(where(logical_not(condition), b, a), where(condition, a, b));
  require_near(where(condition, a, a), a);
  const Value picked = where(condition, a, b);
  require_all(logical_or(logical_not(condition), equal(picked, a)));
  require_all(logical_or(condition, equal(picked, b)));
}

RC_GTEST_PROP(WhereProperty, MakesMaximumAndMinimum, ()) {
  const Shape shape = any_shape(0, 3);
  const DType dtype = any_type({DType::float32, DType::float64, DType::int32, DType::int64});
  const Value a = any_whole(shape, dtype);
  const Value b = any_whole(shape, dtype);
  require_near(where(a > b, a, b), maximum(a, b));
  require_near(where(a < b, a, b), minimum(a, b));
  require_near(maximum(a, b) + minimum(a, b), a + b);
}

}  // namespace
}  // namespace antler::testing
