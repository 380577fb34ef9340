#include "antler/ops/creation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/ops/replayed.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

TEST(Arange, CountsUpToStop) {
  EXPECT_TRUE(is_near(ops::arange(3), values({0, 1, 2}, DType::int32)));
  EXPECT_EQ(ops::arange(3).dtype(), DType::int32);
  EXPECT_TRUE(is_near(ops::arange(5, 0, -2), values({5, 3, 1}, DType::int32)));
  EXPECT_TRUE(is_near(ops::arange(0.0, 1.0, 0.25), Tensor{0, 0.25, 0.5, 0.75}));
  EXPECT_EQ(ops::arange(0, 3.5).dtype(), DType::float32);
  EXPECT_EQ(ops::arange(3, 1).shape(), Shape({0}));
  EXPECT_EQ(ops::arange(0, 2, 1, DType::int64).dtype(), DType::int64);
  EXPECT_THROW(ops::arange(0, 2, 0), ValueError);
}

TEST(Linspace, EndsAtStop) {
  EXPECT_TRUE(is_near(ops::linspace(0, 1, {.num = 5}), Tensor{0, 0.25, 0.5, 0.75, 1}));
  EXPECT_TRUE(
      is_near(ops::linspace(0, 1, {.num = 4, .endpoint = false}), Tensor{0, 0.25, 0.5, 0.75}));
  EXPECT_TRUE(is_near(ops::linspace(2, 9, {.num = 1}), Tensor{2}));
  EXPECT_EQ(ops::linspace(0, 1).shape(), Shape({50}));
  EXPECT_THROW(ops::linspace(0, 1, {.num = -1}), ValueError);
}

TEST(Eye, HasADiagonal) {
  EXPECT_TRUE(is_near(ops::eye(2), Tensor{{1, 0}, {0, 1}}));
  EXPECT_TRUE(is_near(ops::eye(2, {.M = 3, .k = 1}), Tensor{{0, 1, 0}, {0, 0, 1}}));
  EXPECT_TRUE(is_near(ops::eye(2, {.k = -1}), Tensor{{0, 0}, {1, 0}}));
  EXPECT_EQ(Tensor(ops::eye(0)).shape(), (Shape{0, 0}));
}

TEST(Eye, RefusesNegativeSizes) {
  const auto text = [](std::int64_t n, std::int64_t columns) -> std::string {
    try {
      ops::eye(n, {.M = columns});
    } catch (const ValueError& e) {
      return e.what();
    }
    return "no error";
  };
  EXPECT_EQ(text(-1, None), "eye: expected n of at least 0, got -1");
  EXPECT_EQ(text(-1, 2), "eye: expected n of at least 0, got -1");
  EXPECT_EQ(text(2, -2), "eye: expected M of at least 0, got -2");
}

TEST(Full, TakesShapeAndType) {
  EXPECT_TRUE(is_near(ops::zeros({2}), Tensor{0, 0}));
  EXPECT_TRUE(is_near(ops::ones({2}, DType::int32), values({1, 1}, DType::int32)));
  EXPECT_TRUE(is_near(ops::full({2}, 3), Tensor{3, 3}));
}

// Not x * 0: what stands in x must not matter.
TEST(FullLike, TakesTheShapeOnly) {
  const Tensor x{{NAN, INFINITY}};
  EXPECT_TRUE(is_near(ops::zeros_like(x), Tensor{{0, 0}}));
  EXPECT_TRUE(is_near(ops::ones_like(x), Tensor{{1, 1}}));
  EXPECT_EQ(ops::full_like(x, 2, DType::int64).dtype(), DType::int64);
  const auto f = [](const Value& v) { return ops::full_like(v, 2); };
  EXPECT_TRUE(is_near(replayed(f, x, 2), Tensor{{2, 2}}));
}

}  // namespace
}  // namespace antler::testing
