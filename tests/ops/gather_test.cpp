#include "antler/ops/gather.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/gather_along.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/sort.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

TEST(Take, PicksAlongAnAxisOrFlat) {
  const Tensor x{{1, 2}, {3, 4}};
  EXPECT_TRUE(is_near(take(x, values({1}, DType::int32), 0), Tensor{{3, 4}}));
  EXPECT_TRUE(is_near(take(x, 1, -1), Tensor{2, 4}));
  EXPECT_TRUE(is_near(take(x, values({3, -4}, DType::int32)), Tensor{4, 1}));
}

TEST(TakeAlongAxis, BroadcastsTheOtherAxes) {
  const Tensor x{{1, 2}, {3, 4}};
  const Tensor first = values({1, 0}, {1, 2}, DType::int32);
  EXPECT_TRUE(is_near(take_along_axis(x, first, 1), Tensor{{2, 1}, {4, 3}}));
  EXPECT_TRUE(is_near(take_along_axis(x, values({2}, DType::int32)), Tensor{3}));
  const auto f = [&](const Value& v) { return take_along_axis(v, first, 1); };
  EXPECT_TRUE(is_near(replayed(f, x, 1), f(x)));
  EXPECT_THROW(take_along_axis(x, values({2}, DType::int32), 1), ShapeError);
}

TEST(Scatter, AddsAtPositions) {
  const Tensor rows = values({1, 0, 1}, {3, 1}, DType::int32);
  EXPECT_TRUE(is_near(scatter(rows, Tensor{{1, 2}, {3, 4}, {5, 6}}, {3, 2}),
                      Tensor{{3, 4}, {6, 8}, {0, 0}}));
  const Tensor cells = values({0, 1, -1, -2}, {2, 2}, DType::int64);
  EXPECT_TRUE(is_near(scatter(cells, Tensor{7, 8}, {2, 2}), Tensor{{0, 7}, {8, 0}}));
}

// Position (0, 2) of two columns would be (1, 0) if only the row-major index were checked.
TEST(Scatter, ChecksEachPartOfAPosition) {
  const Tensor outside = values({0, 2}, {1, 2}, DType::int32);
  try {
    evaluate(scatter(outside, Tensor{1}, {2, 2}));
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_NE(std::string(e.what()).find("an index in [-"), std::string::npos) << e.what();
  }
}

TEST(Scatter, HasDerivatives) {
  const Tensor rows = values({1, 0, 1}, {3, 1}, DType::int32);
  const Body body = [&](const std::vector<Value>& v) -> std::vector<Value> {
    return {scatter(rows, v[0] * v[0], {3, 2})};
  };
  for (const int order : {1, 2}) {
    const auto report = check_gradient(body, {normal({3, 2})}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
  }
}

TEST(Scatter, ChecksShapes) {
  const Tensor rows = values({1, 0, 1}, {3, 1}, DType::int32);
  try {
    scatter(rows, Tensor{1, 2, 3}, {3, 2});
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(), "scatter: expected values of shape (3, 2), got (3,)");
  }
  EXPECT_THROW(scatter(rows, Tensor{1, 2, 3}, {}), ShapeError);
}

TEST(OneHot, PutsTheClassesWhereAsked) {
  const Tensor x = values({1, 0}, DType::int32);
  EXPECT_TRUE(is_near(one_hot(x, 3), Tensor{{0, 1, 0}, {1, 0, 0}}));
  EXPECT_TRUE(is_near(one_hot(x, 3, {.axis = 0}), Tensor{{0, 1}, {1, 0}, {0, 0}}));
  EXPECT_EQ(one_hot(x, 3, {.dtype = DType::int32}).dtype(), DType::int32);
}

// The squares make the gradient depend on x, so that each order has something to be wrong about.
TEST(Sort, HasDerivativesOfBothOrders) {
  const Body body = [](const std::vector<Value>& v) -> std::vector<Value> {
    const TopKResult top = top_k(v[0], 2);
    return {sort(v[0], 0) * sort(v[0], 0), top.values * top.values, top.indices};
  };
  for (const int order : {1, 2}) {
    const auto report = check_gradient(body, {distinct({4, 3})}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
    EXPECT_GT(report.compared, 0);
  }
}

}  // namespace
}  // namespace antler::testing
