// What must hold for reductions of any shape, axis and type.
#include "antler/ops/arg_extrema.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/creation.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/exponential.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/logical.h"
#include "antler/ops/max_min.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/prod.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/softmax.h"
#include "antler/ops/statistics.h"
#include "antler/ops/sum.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

double tolerance_of(DType dtype) { return dtype == DType::float32 ? 1e-4 : 1e-11; }

DType any_summable() {
  return any_type({DType::float32, DType::float64, DType::int32, DType::int64});
}

RC_GTEST_PROP(SoftmaxProperty, IgnoresAShift, ()) {
  const Value x = any_normal(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const auto shift = static_cast<double>(any_number(-60, 60));
  require_near(softmax(x + shift, axis), softmax(x, axis), tolerance_of(x.dtype()));
  require_near(log_softmax(x + shift, axis), log_softmax(x, axis), tolerance_of(x.dtype()));
}

RC_GTEST_PROP(SoftmaxProperty, IsADistribution, ()) {
  const Value x = any_normal(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const Value y = softmax(x * 20, axis);
  RC_ASSERT(Tensor(ops::all(y >= 0)).item<bool>());
  const Tensor total = sum(y, {.axis = axis});
  require_near(total, Tensor::ones(total.shape(), x.dtype()), tolerance_of(x.dtype()));
  require_near(exp(log_softmax(x, axis)), softmax(x, axis), tolerance_of(x.dtype()));
}

RC_GTEST_PROP(OneHotProperty, SumsToOneForAClassAndToZeroForNone, ()) {
  const std::int64_t classes = any_number(1, 6);
  const DType dtype = any_type({DType::int32, DType::int64});
  const Value labels = any_whole(any_shape(0, 2), dtype, -2, classes + 1);
  const int axis = any_axis(labels.rank() + 1);
  const Value hot = one_hot(labels, classes, {.axis = axis});
  const Value known = logical_and(labels >= 0, labels < classes);
  require_near(sum(hot, {.axis = axis}), cast(known, DType::float32));
  const Value last = one_hot(labels, classes);
  require_near(sum(last * arange(static_cast<double>(classes)), {.axis = -1}),
               cast(known, DType::float32) * cast(labels, DType::float32));
}

RC_GTEST_PROP(SumProperty, IsLinear, ()) {
  const Shape shape = any_shape(1, 3);
  const DType dtype = any_summable();
  const Value x = any_whole(shape, dtype);
  const Value y = any_whole(shape, dtype);
  const ReduceOptions options{.axis = any_axis(shape.rank()), .keepdims = any_number(0, 1) == 1};
  const std::int64_t a = any_number(-5, 5);
  require_near(sum(x * a - y, options), sum(x, options) * a - sum(y, options));
}

RC_GTEST_PROP(SumProperty, OfAllAxesIsThatOfEachInTurn, ()) {
  Value rest = any_whole(any_shape(1, 4), any_summable());
  const Tensor whole = sum(rest);
  while (rest.rank() > 0) rest = sum(rest, {.axis = any_axis(rest.rank())});
  require_near(rest, whole);
}

RC_GTEST_PROP(SumProperty, HasItsAdjoint, ()) {
  const Tensor x = any_whole(any_shape(1, 3), any_float());
  const int axis = any_axis(x.rank());
  require_adjoint([&](const Value& v) { return sum(v, {.axis = axis}); }, x);
  require_adjoint([&](const Value& v) { return cumsum(v, axis); }, x);
}

RC_GTEST_PROP(CumsumProperty, EndsInTheSumAndDiffersByTheElements, ()) {
  const Value x = any_whole(any_shape(1, 3, 1), any_summable());
  const int axis = any_axis(x.rank());
  const Value y = cumsum(x, axis);
  require_near(slice_axis(y, axis, -1), sum(x, {.axis = axis, .keepdims = true}));
  require_near(slice_axis(y, axis, 0, 1), slice_axis(x, axis, 0, 1));
  require_near(slice_axis(y, axis, 1) - slice_axis(y, axis, 0, -1), slice_axis(x, axis, 1));
}

RC_GTEST_PROP(CumsumProperty, FromTheEndIsThatOfTheFlipped, ()) {
  const Value x = any_whole(any_shape(1, 3), any_summable());
  const int axis = static_cast<int>(any_number(0, x.rank() - 1));
  require_near(apply(Cumsum{.axis = axis, .reverse = true}, {x}),
               flip(cumsum(flip(x, axis), axis), axis));
}

RC_GTEST_PROP(ProdProperty, IsThatOfItsParts, ()) {
  const Value x = any_whole(any_shape(1, 3), any_summable(), -2, 2);
  const int axis = any_axis(x.rank());
  const std::int64_t at = any_number(0, x.shape().dim(axis));
  require_near(prod(x, {.axis = axis}), prod(slice_axis(x, axis, 0, at), {.axis = axis}) *
                                            prod(slice_axis(x, axis, at), {.axis = axis}));
}

RC_GTEST_PROP(MaxProperty, IsAnElementThatNoneExceeds, ()) {
  const Value x = any_whole(any_shape(1, 3, 1), any_summable());
  const int axis = any_axis(x.rank());
  const Value largest = ops::max(x, {.axis = axis, .keepdims = true});
  RC_ASSERT(Tensor(ops::all(x <= largest)).item<bool>());
  require_near(take_along_axis(x, argmax(x, {.axis = axis, .keepdims = true}), axis), largest);
  require_near(ops::min(-x, {.axis = axis, .keepdims = true}), -largest);
  require_near(take_along_axis(x, argmin(-x, {.axis = axis, .keepdims = true}), axis), largest);
}

RC_GTEST_PROP(VarProperty, IsTheMeanSquareLessTheSquaredMean, ()) {
  const Value x = any_whole(any_shape(1, 3, 1), DType::float64);
  const ReduceOptions options{.axis = any_axis(x.rank())};
  const Value squares = mean(x * x, options);
  require_near(var(x, options) + mean(x, options) * mean(x, options), squares, 1e-12);
}

}  // namespace
}  // namespace antler::testing
