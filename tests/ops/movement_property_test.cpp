// What must hold for ops that move elements: round trips, and adjoints that put each one back.
#include <algorithm>
#include <string>

#include "antler/ops/arithmetic.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/pad.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/tile.h"
#include "antler/ops/transpose.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

DType any_moved() {
  return any_type({DType::float32, DType::float64, DType::int32, DType::int64, DType::uint8});
}
Tensor any_moved(const Shape& shape) { return any_whole(shape, any_moved(), 0, 100); }

// Some axes of `shape` made 1 or, at the front, left out.
Shape any_stretchable(const Shape& shape) {
  Shape out = shape.subshape(static_cast<int>(any_number(0, shape.rank())), shape.rank());
  for (int axis = 0; axis < out.rank(); ++axis) {
    if (any_number(0, 1) == 1) out.set(axis, 1);
  }
  return out;
}

RC_GTEST_PROP(TransposeProperty, IsUndoneByTheInversePermutation, ()) {
  const Tensor x = any_moved(any_shape(1, 4));
  const std::vector<int> axes = any_permutation(x.rank());
  std::vector<int> inverse(axes.size());
  for (std::size_t i = 0; i < axes.size(); ++i) {
    inverse[static_cast<std::size_t>(axes[i])] = static_cast<int>(i);
  }
  const Value y = transpose(x, axes);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    RC_ASSERT(y.shape().dim(static_cast<int>(i)) == x.shape().dim(axes[i]));
  }
  require_near(transpose(evaluate(y), inverse), x);
  require_adjoint([&](const Value& v) { return transpose(v, axes); }, x.astype(any_float()));
}

RC_GTEST_PROP(TransposeProperty, PutsEachElementWhereItsIndexGoes, ()) {
  const Tensor x = any_moved(any_shape(2, 2, 1));
  const Tensor y = transpose(x);
  const std::int64_t i = any_number(0, x.shape()[0] - 1);
  const std::int64_t j = any_number(0, x.shape()[1] - 1);
  RC_ASSERT(y[j][i].item() == x[i][j].item());
}

RC_GTEST_PROP(ReshapeProperty, KeepsTheOrderOfElements, ()) {
  const Tensor x = any_moved(any_shape(1, 4));
  Shape other = x.shape();
  const std::vector<int> axes = any_permutation(x.rank());
  for (int i = 0; i < x.rank(); ++i) {
    other.set(i, x.shape().dim(axes[static_cast<std::size_t>(i)]));
  }
  const Tensor y = reshape(x, other);
  RC_ASSERT(y.shape() == other);
  require_near(ravel(y), ravel(x));
  require_near(reshape(y, x.shape()), x);
  require_adjoint([&](const Value& v) { return reshape(v, other); }, x.astype(any_float()));
}

RC_GTEST_PROP(SplitProperty, IsUndoneByConcatenate, ()) {
  const Tensor x = any_moved(any_shape(1, 3));
  const int axis = any_axis(x.rank());
  std::vector<std::int64_t> indices;
  for (std::int64_t i = any_number(0, 3); i > 0; --i) {
    indices.push_back(any_number(0, x.shape().dim(axis)));
  }
  std::sort(indices.begin(), indices.end());
  const std::vector<Value> parts = split(x, indices, axis);
  RC_ASSERT(parts.size() == indices.size() + 1);
  require_near(concatenate(parts, axis), x);
  const Tensor floats = x.astype(any_float());
  require_adjoint(
      [&](const Value& v) {
        std::vector<Value> turned = split(v, indices, axis);
        std::reverse(turned.begin(), turned.end());
        return concatenate(turned, axis);
      },
      floats);
}

RC_GTEST_PROP(StackProperty, IsUndoneBySplit, ()) {
  const Shape shape = any_shape(0, 3);
  const DType dtype = any_moved();
  std::vector<Value> values;
  for (std::int64_t i = any_number(1, 4); i > 0; --i)
    values.emplace_back(any_whole(shape, dtype, 0, 9));
  const int axis = any_axis(shape.rank() + 1);
  const Value stacked = stack(values, axis);
  const std::vector<Value> parts = split(stacked, static_cast<std::int64_t>(values.size()), axis);
  for (std::size_t i = 0; i < values.size(); ++i) {
    require_near(squeeze(parts[i], axis), values[i]);
  }
}

RC_GTEST_PROP(PadProperty, IsUndoneBySlice, ()) {
  const Tensor x = any_moved(any_shape(1, 3, 1));
  const auto mode = *rc::gen::elementOf(
      std::vector<std::string>{"constant", "edge", "reflect", "symmetric", "wrap"});
  PadWidth width;
  std::vector<std::int64_t> starts;
  Shape padded = x.shape();
  for (int axis = 0; axis < x.rank(); ++axis) {
    width.emplace_back(any_number(0, 3), any_number(0, 3));
    starts.push_back(width.back().first);
    padded.set(axis, x.shape().dim(axis) + width.back().first + width.back().second);
  }
  const auto pad_it = [&](const Value& v) { return pad(v, width, {.mode = mode}); };
  const Tensor y = pad_it(x);
  RC_ASSERT(y.shape() == padded);
  require_near(slice(y, starts, x.shape()), x);
  require_adjoint(pad_it, x.astype(any_float()));
}

RC_GTEST_PROP(SliceProperty, HasItsAdjoint, ()) {
  const Tensor x = any_whole(any_shape(1, 3), any_float());
  const int axis = any_axis(x.rank());
  const std::int64_t start = any_number(-5, 5);
  const std::int64_t stop = any_number(-5, 5);
  const std::int64_t step = any_number(1, 3);
  require_adjoint([&](const Value& v) { return slice_axis(v, axis, start, stop, step); }, x);
}

// Python's rule, one element at a time.
RC_GTEST_PROP(SliceProperty, FollowsPythonsRule, ()) {
  const std::int64_t n = any_number(0, 6);
  const Tensor x = any_moved({n});
  const std::int64_t start = any_number(-8, 8);
  const std::int64_t stop = any_number(-8, 8);
  const std::int64_t step = any_number(1, 3);
  const auto clamped = [&](std::int64_t i) {
    return std::clamp<std::int64_t>(i < 0 ? i + n : i, 0, n);
  };
  const Tensor y = slice_axis(x, 0, start, stop, step);
  std::int64_t count = 0;
  for (std::int64_t i = clamped(start); i < clamped(stop); i += step, ++count) {
    RC_ASSERT(count < y.size());
    RC_ASSERT(y.item(count) == x.item(i));
  }
  RC_ASSERT(count == y.size());
}

RC_GTEST_PROP(FlipProperty, IsItsOwnInverse, ()) {
  const Tensor x = any_moved(any_shape(1, 3, 1));
  const int axis = any_axis(x.rank());
  const Tensor y = flip(x, axis);
  require_near(flip(y, axis), x);
  require_near(slice_axis(y, axis, 0, 1), slice_axis(x, axis, -1));
  require_adjoint([&](const Value& v) { return flip(v, axis); }, x.astype(any_float()));
}

RC_GTEST_PROP(RollProperty, IsUndoneByTheOppositeShift, ()) {
  const Tensor x = any_moved(any_shape(1, 3, 1));
  const int axis = any_axis(x.rank());
  const std::int64_t shift = any_number(-9, 9);
  const Tensor y = roll(x, shift, axis);
  require_near(roll(y, -shift, axis), x);
  require_near(roll(x, shift + x.shape().dim(axis), axis), y);
}

RC_GTEST_PROP(TileProperty, IsAConcatenationOfCopies, ()) {
  const Tensor x = any_moved(any_shape(1, 3));
  const int axis = static_cast<int>(any_number(0, x.rank() - 1));
  const std::int64_t count = any_number(1, 3);
  std::vector<std::int64_t> repeats(static_cast<std::size_t>(x.rank()), 1);
  repeats[static_cast<std::size_t>(axis)] = count;
  const std::vector<Value> copies(static_cast<std::size_t>(count), Value(x));
  require_near(tile(x, repeats), concatenate(copies, axis));
  require_adjoint([&](const Value& v) { return tile(v, repeats); }, x.astype(any_float()));
}

RC_GTEST_PROP(BroadcastProperty, OfOperandsIsThatMadeByHand, ()) {
  const Shape shape = any_shape(0, 4, 1);
  const DType dtype = any_moved();
  const Value a = any_whole(any_stretchable(shape), dtype, 0, 9);
  const Value b = any_whole(any_stretchable(shape), dtype, 0, 9);
  const Shape both = broadcast_shapes("", a.shape(), b.shape());
  // Evaluated first, so that no pass takes the stretch out again.
  const Tensor wide_a = evaluate(broadcast_to(a, both));
  const Tensor wide_b = evaluate(broadcast_to(b, both));
  RC_ASSERT(wide_a.shape() == both);
  require_near(a + b, wide_a + Value(wide_b));
  require_near(a * b, wide_a * Value(wide_b));
  require_near(maximum(a, b), maximum(wide_a, wide_b));
}

RC_GTEST_PROP(BroadcastProperty, HasItsAdjoint, ()) {
  const Shape shape = any_shape(0, 4, 1);
  const Tensor x = any_whole(any_stretchable(shape), any_float());
  const Tensor other = any_whole(any_stretchable(shape), x.dtype());
  require_adjoint([&](const Value& v) { return broadcast_to(v, shape); }, x);
  require_adjoint([&](const Value& v) { return v * other; }, x);
}

}  // namespace
}  // namespace antler::testing
