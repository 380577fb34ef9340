#include <gtest/gtest.h>

#include <numeric>

#include "antler/core/error.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/pad.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/tile.h"
#include "antler/ops/transpose.h"
#include "tests/ops/replayed.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using namespace antler::ops;

// 0, 1, 2, ...
Tensor counted(const Shape& shape) {
  std::vector<float> elements(static_cast<std::size_t>(shape.size()));
  std::iota(elements.begin(), elements.end(), 0.0F);
  return Tensor::from(elements, shape);
}

template <class F>
std::string error_of(F f) {
  try {
    f();
  } catch (const Error& e) {
    return e.what();
  }
  return "no error";
}

TEST(Transpose, OrdersAxes) {
  const Value x = counted({2, 3, 4});
  EXPECT_EQ(transpose(x).shape(), Shape({4, 3, 2}));
  EXPECT_EQ(transpose(x, {1, -1, 0}).shape(), Shape({3, 4, 2}));
  EXPECT_EQ(swapaxes(x, 0, -1).shape(), Shape({4, 3, 2}));
  EXPECT_EQ(moveaxis(x, 0, -1).shape(), Shape({3, 4, 2}));
  EXPECT_EQ(moveaxis(x, -1, 0).shape(), Shape({4, 2, 3}));
  EXPECT_EQ(moveaxis(x, {0, 1}, {-1, -2}).shape(), Shape({4, 3, 2}));
  EXPECT_TRUE(transpose(x, {0, 1, 2}).is_same(x));
  EXPECT_TRUE(is_near(transpose(Tensor{{1, 2}, {3, 4}}), Tensor{{1, 3}, {2, 4}}));
  EXPECT_EQ(error_of([&] {
              moveaxis(x, {0, 0}, {1, 2});
            }),
            "moveaxis: expected distinct axes, got one twice");
  EXPECT_EQ(error_of([&] {
              moveaxis(x, {0}, {1, 2});
            }),
            "moveaxis: expected as many destinations as sources, got 2 and 1");
}

TEST(Concatenate, PromotesAndStacks) {
  EXPECT_EQ(concatenate({integers({2}, 0, 5), Tensor{1, 2}}).dtype(), DType::float32);
  EXPECT_TRUE(is_near(stack({Tensor{1, 2}, Tensor{3, 4}}), Tensor{{1, 2}, {3, 4}}));
  EXPECT_TRUE(is_near(stack({Tensor{1, 2}, Tensor{3, 4}}, -1), Tensor{{1, 3}, {2, 4}}));
  EXPECT_EQ(error_of([] {
              stack({Tensor{1, 2}, Tensor{3}});
            }),
            "stack: expected values of one shape, got (2,) and (1,)");
  EXPECT_EQ(error_of([] { stack({}); }), "stack: expected at least one value, got none");
  EXPECT_EQ(error_of([] { concatenate({}); }),
            "concatenate: expected at least one value, got none");
}

TEST(Slice, TakesABlock) {
  const Tensor x = counted({3, 4});
  EXPECT_TRUE(is_near(slice(x, {1, 2}, {2, 2}), Tensor{{6, 7}, {10, 11}}));
  EXPECT_TRUE(is_near(slice(x, {-1, 0}, {1, None}), Tensor{{8, 9, 10, 11}}));
  EXPECT_TRUE(is_near(slice_axis(x, 1, -1), Tensor{{3}, {7}, {11}}));
  EXPECT_EQ(error_of([&] {
              slice(x, {1, 2}, {2, 3});
            }),
            "slice: expected a block within (3, 4), got (2, 3) from position 2 of axis 1 on");
  EXPECT_EQ(error_of([&] {
              slice(x, {1}, {2, 3});
            }),
            "slice: expected a start and a size for each axis of (3, 4), got 1 and 2");
}

TEST(Split, CutsAnAxis) {
  const Tensor x = counted({6});
  const std::vector<Value> equal = split(x, 3);
  ASSERT_EQ(equal.size(), 3U);
  EXPECT_TRUE(is_near(equal[1], Tensor{2, 3}));
  const std::vector<Value> at = split(x, {1, 4});
  ASSERT_EQ(at.size(), 3U);
  EXPECT_TRUE(is_near(at[0], Tensor{0}));
  EXPECT_TRUE(is_near(at[1], Tensor{1, 2, 3}));
  EXPECT_TRUE(is_near(at[2], Tensor{4, 5}));
  EXPECT_EQ(error_of([&] { split(x, 4); }),
            "split: expected axis 0 to fall into 4 equal parts, got (6,)");
  EXPECT_EQ(error_of([&] { split(x, 0); }), "split: expected at least 1 section, got 0");
  EXPECT_TRUE(
      is_near(replayed([](const Value& v) { return split(v, 2)[1]; }, x, 1), Tensor{3, 4, 5}));
}

TEST(Pad, ContinuesAsNumpyDoes) {
  const Tensor x{1, 2, 3};
  const auto padded = [&](const char* mode) { return pad(x, {{4, 5}}, {.mode = mode}); };
  EXPECT_TRUE(is_near(padded("constant"), Tensor{0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0, 0}));
  EXPECT_TRUE(is_near(padded("edge"), Tensor{1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3, 3}));
  EXPECT_TRUE(is_near(padded("reflect"), Tensor{1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3, 2}));
  EXPECT_TRUE(is_near(padded("symmetric"), Tensor{3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1, 2}));
  EXPECT_TRUE(is_near(padded("wrap"), Tensor{3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2}));
  EXPECT_TRUE(is_near(pad(x, {{0, 1}}, {.constant_values = 7}), Tensor{1, 2, 3, 7}));
  EXPECT_TRUE(is_near(pad(Tensor{{1}}, {{0, 1}}), Tensor{{1, 0}, {0, 0}}));
  EXPECT_TRUE(is_near(pad(Tensor{{1, 2}}, {{1, 0}, {0, 1}}, {.mode = "reflect"}),
                      Tensor{{1, 2, 1}, {1, 2, 1}}));
  for (const char* mode : {"constant", "reflect"}) {
    const auto f = [&](const Value& v) { return pad(v, {{1, 2}}, {.mode = mode}); };
    EXPECT_TRUE(is_near(replayed(f, x, 1), f(x)));
  }
  EXPECT_EQ(error_of([&] {
              pad(x, {{1, 1}}, {.mode = "reflct"});
            }),
            "pad: unknown mode \"reflct\"; did you mean \"reflect\"?");
  EXPECT_EQ(error_of([&] {
              pad(x, {{-1, 1}}, {.mode = "edge"});
            }),
            "pad: expected widths of at least 0, got (-1, 1) for axis 0");
  EXPECT_EQ(error_of([&] {
              pad(x, {{1, 1}, {1, 1}}, {.mode = "edge"});
            }),
            "pad: expected a width for each axis of (3,), got 2");
  EXPECT_EQ(error_of([&] {
              pad(Tensor::zeros({0}), {{1, 1}}, {.mode = "edge"});
            }),
            "pad: expected elements to continue along axis 0 with mode \"edge\", got (0,)");
}

TEST(Flip, TurnsAxesOver) {
  const Tensor x{{1, 2}, {3, 4}};
  EXPECT_TRUE(is_near(flip(x), Tensor{{4, 3}, {2, 1}}));
  EXPECT_TRUE(is_near(flip(x, 0), Tensor{{3, 4}, {1, 2}}));
  EXPECT_TRUE(is_near(flip(x, -1), Tensor{{2, 1}, {4, 3}}));
}

TEST(ExpandDims, AndSqueezeAreInverse) {
  const Tensor x = counted({2, 3});
  EXPECT_EQ(expand_dims(x, 0).shape(), Shape({1, 2, 3}));
  EXPECT_EQ(expand_dims(x, -1).shape(), Shape({2, 3, 1}));
  EXPECT_EQ(expand_dims(x, {0, 2}).shape(), Shape({1, 2, 1, 3}));
  EXPECT_EQ(squeeze(counted({1, 2, 1})).shape(), Shape({2}));
  EXPECT_EQ(squeeze(counted({1, 2, 1}), 0).shape(), Shape({2, 1}));
  EXPECT_EQ(ravel(x).shape(), Shape({6}));
  EXPECT_EQ(error_of([&] { squeeze(x, 0); }), "squeeze: expected size 1 along axis 0, got (2, 3)");
  EXPECT_EQ(error_of([&] { expand_dims(x, 3); }), "expand_dims: expected axis in [-3, 3), got 3");
  const auto there_and_back = [](const Value& v) { return squeeze(expand_dims(v, 1), 1); };
  EXPECT_TRUE(is_near(replayed(there_and_back, x, 2), x));
}

TEST(Tile, RepeatsTheWhole) {
  EXPECT_TRUE(is_near(tile(Tensor{1, 2}, {2}), Tensor{1, 2, 1, 2}));
  EXPECT_TRUE(is_near(tile(Tensor{1, 2}, {2, 1}), Tensor{{1, 2}, {1, 2}}));
  EXPECT_TRUE(is_near(tile(Tensor{{1}, {2}}, {2}), Tensor{{1, 1}, {2, 2}}));
  const auto f = [](const Value& v) { return tile(v, {2, 3}); };
  EXPECT_TRUE(is_near(replayed(f, counted({2, 3}), 2), f(counted({2, 3}))));
  EXPECT_EQ(error_of([] { tile(Tensor{1}, {-1}); }), "tile: expected counts of at least 0, got -1");
}

TEST(Repeat, RepeatsEachElement) {
  EXPECT_TRUE(is_near(repeat(Tensor{{1, 2}, {3, 4}}, 2), Tensor{1, 1, 2, 2, 3, 3, 4, 4}));
  EXPECT_TRUE(
      is_near(repeat(Tensor{{1, 2}, {3, 4}}, 2, 0), Tensor{{1, 2}, {1, 2}, {3, 4}, {3, 4}}));
  EXPECT_TRUE(is_near(repeat(Tensor{{1, 2}}, 2, -1), Tensor{{1, 1, 2, 2}}));
  const auto f = [](const Value& v) { return repeat(v, 3, 1); };
  EXPECT_TRUE(is_near(replayed(f, counted({2, 3}), 2), f(counted({2, 3}))));
  EXPECT_EQ(error_of([] { repeat(Tensor{1}, -1, 0); }),
            "repeat: expected counts of at least 0, got -1");
}

TEST(Roll, MovesAround) {
  const Tensor x{1, 2, 3, 4};
  EXPECT_TRUE(is_near(roll(x, 1), Tensor{4, 1, 2, 3}));
  EXPECT_TRUE(is_near(roll(x, -1), Tensor{2, 3, 4, 1}));
  EXPECT_TRUE(is_near(roll(x, 9), Tensor{4, 1, 2, 3}));
  EXPECT_TRUE(is_near(roll(Tensor{{1, 2}, {3, 4}}, 1), Tensor{{4, 1}, {2, 3}}));
  EXPECT_TRUE(is_near(roll(Tensor{{1, 2}, {3, 4}}, 1, 1), Tensor{{2, 1}, {4, 3}}));
  const auto f = [](const Value& v) { return roll(v, 5, 0); };
  EXPECT_TRUE(is_near(replayed(f, x, 1), f(x)));
}

}  // namespace
}  // namespace antler::testing
