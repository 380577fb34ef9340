// What must hold for gathers and scatters: they undo, mirror and define each other.
#include "antler/ops/arithmetic.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/gather.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/matmul.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/slice.h"
#include "antler/ops/sort.h"
#include "antler/ops/transpose.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

DType any_index_type() { return any_type({DType::int32, DType::int64}); }

RC_GTEST_PROP(TakeProperty, IsMirroredByItsAdjoint, ()) {
  const Tensor x = any_whole(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const std::int64_t n = x.shape().dim(axis);
  const Tensor indices = any_whole(any_shape(0, 2), any_index_type(), -n, n - 1);
  require_adjoint([&](const Value& v) { return take(v, indices, axis); }, x);
}

RC_GTEST_PROP(TakeProperty, CountsNegativeIndicesFromTheEnd, ()) {
  const Value x = any_whole(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const std::int64_t n = x.shape().dim(axis);
  const Value indices = any_whole(any_shape(0, 2), any_index_type(), 0, n - 1);
  require_near(take(x, indices - n, axis), take(x, indices, axis));
}

RC_GTEST_PROP(TakeProperty, OfAPermutationIsUndoneByItsInverse, ()) {
  const Value x = any_whole(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const std::vector<int> drawn = any_permutation(static_cast<int>(x.shape().dim(axis)));
  const Tensor order = Tensor::from(std::vector<std::int32_t>(drawn.begin(), drawn.end()));
  require_near(take(take(x, order, axis), argsort(order), axis), x);
}

RC_GTEST_PROP(TakeProperty, IsAProductWithOneHotRows, ()) {
  const Value x = any_whole(any_shape(2, 2, 1), DType::float32);
  const std::int64_t n = x.shape()[0];
  const Value rows = any_whole({any_number(0, 5)}, any_index_type(), 0, n - 1);
  require_near(take(x, rows, 0), matmul(one_hot(rows, n), x));
}

RC_GTEST_PROP(ScatterProperty, IsTheTransposeOfThatProduct, ()) {
  const std::int64_t n = any_number(1, 5), count = any_number(0, 6);
  const Value rows = any_whole({count}, any_index_type(), 0, n - 1);
  const Value values = any_whole({count, any_number(1, 3)}, DType::float32);
  require_near(scatter(expand_dims(rows, -1), values, {n, values.shape()[1]}),
               matmul(transpose(one_hot(rows, n)), values));
}

RC_GTEST_PROP(ScatterProperty, IsMirroredByItsAdjoint, ()) {
  const Shape target = any_shape(1, 3, 1);
  const std::int64_t count = any_number(0, 6);
  // Positions of one to all axes; what is left out, the values have.
  const int named = static_cast<int>(any_number(1, target.rank()));
  Tensor positions(DType::int32, {count, named});
  for (std::int64_t i = 0; i < positions.size(); ++i) {
    const std::int64_t n = target.dim(static_cast<int>(i % named));
    positions.mutable_data<std::int32_t>()[static_cast<std::size_t>(i)] =
        static_cast<std::int32_t>(any_number(-n, n - 1));
  }
  const Shape one = target.subshape(named, target.rank());
  const Tensor values = any_whole(one.with_batch(count), any_float());
  require_adjoint([&](const Value& v) { return scatter(positions, v, target); }, values);
}

RC_GTEST_PROP(TakeAlongAxisProperty, IsMirroredByItsAdjoint, ()) {
  const Tensor x = any_whole(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const std::int64_t n = x.shape().dim(axis);
  Shape shape = x.shape();
  shape.set(axis, any_number(0, 5));
  const Tensor indices = any_whole(shape, any_index_type(), -n, n - 1);
  require_adjoint([&](const Value& v) { return take_along_axis(v, indices, axis); }, x);
}

RC_GTEST_PROP(TakeAlongAxisProperty, OfOneIndexIsTake, ()) {
  const Value x = any_whole(any_shape(1, 3, 1), any_float());
  const int axis = any_axis(x.rank());
  const std::int64_t index = any_number(0, x.shape().dim(axis) - 1);
  Shape shape(std::vector<std::int64_t>(static_cast<std::size_t>(x.rank()), 1));
  require_near(
      take_along_axis(x, Tensor::full(shape, static_cast<double>(index), DType::int32), axis),
      slice_axis(x, axis, index, index + 1));
}

}  // namespace
}  // namespace antler::testing
