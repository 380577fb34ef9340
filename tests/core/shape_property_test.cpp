#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/shape.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

Shape any_small(int max_rank) {
  Shape shape = any_shape(0, max_rank);
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (any_number(0, 1) == 1) shape.set(axis, 1);
  }
  return shape;
}

// Sizes of 1 or the same stretch, axis by axis from the end; a missing axis is one of 1.
RC_GTEST_PROP(BroadcastShapesProperty, FollowsNumPysRule, ()) {
  const Shape a = any_small(4);
  const Shape b = any_small(4);
  const int rank = std::max(a.rank(), b.rank());
  const auto size = [](const Shape& s, int from_end) {
    return from_end <= s.rank() ? s.dim(-from_end) : 1;
  };
  bool fits = true;
  for (int i = 1; i <= rank; ++i) {
    fits = fits && (size(a, i) == size(b, i) || size(a, i) == 1 || size(b, i) == 1);
  }
  if (!fits) {
    RC_ASSERT_THROWS_AS(broadcast_shapes("", a, b), ShapeError);
    return;
  }
  const Shape both = broadcast_shapes("", a, b);
  RC_ASSERT(both.rank() == rank);
  for (int i = 1; i <= rank; ++i) {
    RC_ASSERT(both.dim(-i) == (size(a, i) == 1 ? size(b, i) : size(a, i)));
  }
  RC_ASSERT(broadcast_shapes("", b, a) == both);
  RC_ASSERT(broadcast_shapes("", both, a) == both);
}

RC_GTEST_PROP(ShapeProperty, AnInsertedAxisCanBeErased, ()) {
  const Shape shape = any_shape(0, 4);
  const int at = static_cast<int>(any_number(0, shape.rank()));
  const std::int64_t size = any_number(0, 9);
  const Shape longer = shape.inserted(at, size);
  RC_ASSERT(longer.rank() == shape.rank() + 1);
  RC_ASSERT(longer.dim(at) == size);
  RC_ASSERT(longer.erased(at) == shape);
  RC_ASSERT(longer.erased(at - longer.rank()) == shape);
  RC_ASSERT(longer.size() == shape.size() * size);
  RC_ASSERT(shape.with_batch(size).without_batch() == shape);
}

RC_GTEST_PROP(ShapeProperty, IsMadeOfItsParts, ()) {
  const Shape shape = any_shape(0, 5);
  const int at = static_cast<int>(any_number(0, shape.rank()));
  RC_ASSERT(shape.size(0, at) * shape.size(at, shape.rank()) == shape.size());
  RC_ASSERT(shape.subshape(0, at).size() == shape.size(0, at));
  for (int axis = 0; axis < shape.rank(); ++axis) {
    RC_ASSERT(shape.dim(axis) == shape.dim(axis - shape.rank()));
    RC_ASSERT(shape.dim(axis) == (axis < at ? shape.subshape(0, at).dim(axis)
                                            : shape.subshape(at, shape.rank()).dim(axis - at)));
  }
}

RC_GTEST_PROP(ShapeProperty, UnknownAxesFitAnySize, ()) {
  const Shape shape = any_shape(1, 4);
  Shape unknown = shape;
  const int at = any_axis(shape.rank());
  unknown.set(at, None);
  RC_ASSERT(unknown.is_compatible(shape));
  RC_ASSERT(shape.is_compatible(unknown));
  RC_ASSERT(!(unknown == shape));
  Shape other = shape;
  const int changed = any_axis(shape.rank());
  other.set(changed, shape.dim(changed) + 1);
  const bool is_hidden =
      normalize_axis("", changed, shape.rank()) == normalize_axis("", at, shape.rank());
  RC_ASSERT(unknown.is_compatible(other) == is_hidden);
  RC_ASSERT(other.is_compatible(unknown) == is_hidden);
}

}  // namespace
}  // namespace antler::testing
