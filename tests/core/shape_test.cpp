#include "antler/core/shape.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"

namespace antler {
namespace {

TEST(Shape, CountsElements) {
  EXPECT_EQ((Shape{2, 3, 4}).size(), 24);
  EXPECT_EQ(Shape().size(), 1);
  EXPECT_EQ((Shape{5, 0, 7}).size(), 0);
  EXPECT_EQ((Shape{2, 3, 4}).size(1, 3), 12);
}

TEST(Shape, SpellsAsPython) {
  EXPECT_EQ((Shape{None, 28, 28}).to_string(), "(None, 28, 28)");
  EXPECT_EQ((Shape{3}).to_string(), "(3,)");
  EXPECT_EQ(Shape().to_string(), "()");
}

TEST(Shape, NegativeAxesCountFromTheEnd) {
  const Shape shape{2, 3, 4};
  EXPECT_EQ(shape.dim(-1), 4);
  EXPECT_EQ(shape.dim(-3), 2);
  EXPECT_THROW(shape.dim(3), ShapeError);
  EXPECT_THROW(shape.dim(-4), ShapeError);
}

TEST(Shape, InsertsAndErasesAxes) {
  EXPECT_EQ((Shape{2, 4}).inserted(1, 3), (Shape{2, 3, 4}));
  EXPECT_EQ((Shape{2, 4}).inserted(2, 3), (Shape{2, 4, 3}));
  EXPECT_EQ((Shape{2, 3, 4}).erased(-2), (Shape{2, 4}));
  EXPECT_EQ((Shape{2, 3}).with_batch(None).without_batch(), (Shape{2, 3}));
}

TEST(Shape, RefusesSizesThatCannotBe) {
  EXPECT_THROW((Shape{2, -5}), ShapeError);
  EXPECT_THROW((Shape{None, 3}).size(), ShapeError);
  EXPECT_THROW((Shape{1LL << 40, 1LL << 40}).size(), ShapeError);
  EXPECT_EQ((Shape{1LL << 40, 0, 1LL << 40}).size(), 0);
}

TEST(Shape, NoneFitsAnything) {
  EXPECT_TRUE((Shape{None, 3}).is_compatible({7, 3}));
  EXPECT_FALSE((Shape{None, 3}).is_compatible({7, 4}));
  EXPECT_FALSE((Shape{None, 3}).is_compatible({7, 3, 1}));
  EXPECT_FALSE((Shape{None, 3}) == (Shape{7, 3}));
}

TEST(BroadcastShapes, FollowsNumPy) {
  EXPECT_EQ(broadcast_shapes("add", {2, 1, 4}, {3, 1}), (Shape{2, 3, 4}));
  EXPECT_EQ(broadcast_shapes("add", {}, {3}), (Shape{3}));
  EXPECT_EQ(broadcast_shapes("add", {0, 1}, {1, 5}), (Shape{0, 5}));
  try {
    broadcast_shapes("add", {2, 3}, {4});
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(), "add: expected shapes that broadcast, got (2, 3) and (4,)");
  }
}

}  // namespace
}  // namespace antler
