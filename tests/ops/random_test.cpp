#include "antler/ops/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/ops/random_draw.h"

namespace antler::testing {
namespace {

namespace random = ops::random;

constexpr std::int64_t kCount = 100000;

struct Moments {
  double mean = 0;
  double deviation = 0;
  double least = INFINITY;
  double greatest = -INFINITY;
};

Moments moments_of(const Tensor& x) {
  Moments m;
  double squares = 0;
  for (std::int64_t i = 0; i < x.size(); ++i) {
    const double v = x.item(i);
    m.mean += v;
    squares += v * v;
    m.least = std::min(m.least, v);
    m.greatest = std::max(m.greatest, v);
  }
  m.mean /= static_cast<double>(x.size());
  m.deviation = std::sqrt(squares / static_cast<double>(x.size()) - m.mean * m.mean);
  return m;
}

// Five standard errors of the mean of 100,000.
constexpr double kError = 5.0 / 316.0;

TEST(Uniform, FillsItsInterval) {
  const Moments m = moments_of(random::uniform({kCount}, {.minval = -1, .maxval = 3, .seed = 1}));
  EXPECT_GE(m.least, -1);
  EXPECT_LT(m.least, -0.999);
  EXPECT_LT(m.greatest, 3);
  EXPECT_GT(m.greatest, 2.999);
  EXPECT_NEAR(m.mean, 1, 4 / std::sqrt(12.0) * kError);
  EXPECT_NEAR(m.deviation, 4 / std::sqrt(12.0), 0.01);
}

// 2^24 + 1 is no float32: the numbers below must not round up to the bound.
TEST(Uniform, StaysBelowItsBoundAfterRounding) {
  const double bound = 16777216.0;
  const Tensor x = random::uniform({kCount}, {.minval = bound - 0.5, .maxval = bound, .seed = 1});
  EXPECT_LT(moments_of(x).greatest, bound);
}

TEST(Normal, HasMeanAndDeviation) {
  const Moments m = moments_of(random::normal({kCount}, {.mean = 2, .stddev = 3, .seed = 1}));
  EXPECT_NEAR(m.mean, 2, 3 * kError);
  EXPECT_NEAR(m.deviation, 3, 3 * kError);
  EXPECT_GT(m.greatest, 2 + 3 * 3.5);
}

TEST(TruncatedNormal, StaysWithinTwoDeviations) {
  const Moments m =
      moments_of(random::truncated_normal({kCount}, {.mean = 2, .stddev = 3, .seed = 1}));
  EXPECT_GE(m.least, 2 - 6);
  EXPECT_LE(m.greatest, 2 + 6);
  EXPECT_NEAR(m.mean, 2, 3 * kError);
  EXPECT_NEAR(m.deviation, 3 * 0.87962566, 3 * kError);  // of the cut normal distribution
}

TEST(Bernoulli, IsOneWithItsProbability) {
  const Moments m = moments_of(random::bernoulli(0.3, {kCount}, {.seed = 1}));
  EXPECT_NEAR(m.mean, 0.3, 0.46 * kError);
  EXPECT_EQ(m.least, 0);
  EXPECT_EQ(m.greatest, 1);
  EXPECT_EQ(moments_of(random::bernoulli(0, {kCount})).greatest, 0);
  EXPECT_EQ(moments_of(random::bernoulli(1, {kCount})).least, 1);
}

TEST(Randint, DrawsEachInteger) {
  const Tensor x = random::randint({kCount}, -2, 3, {.seed = 1});
  EXPECT_EQ(x.dtype(), DType::int32);
  const Moments m = moments_of(x);
  EXPECT_EQ(m.least, -2);
  EXPECT_EQ(m.greatest, 2);
  EXPECT_NEAR(m.mean, 0, std::sqrt(2.0) * kError);
  EXPECT_THROW(random::randint({3}, 0, 2, {.dtype = DType::float32}), ValueError);
}

TEST(Random, FollowsTheSeed) {
  const Tensor a = random::uniform({100}, {.seed = 5});
  EXPECT_TRUE(identical(a, random::uniform({100}, {.seed = 5})));
  EXPECT_FALSE(identical(a, random::uniform({100}, {.seed = 6})));
  set_random_seed(9);
  const Tensor first = random::uniform({100});
  const Tensor second = random::uniform({100});
  EXPECT_FALSE(identical(first, second));
  set_random_seed(9);
  EXPECT_TRUE(identical(first, random::uniform({100})));
  EXPECT_TRUE(identical(second, random::uniform({100})));
}

TEST(Random, DependsOnStepAndStream) {
  const auto draw = [](std::uint32_t stream, std::int64_t step) {
    return evaluate(apply(ops::Random{.shape = {100}, .stream = stream},
                          {Tensor(std::int64_t{1}), Tensor(step)}));
  };
  EXPECT_TRUE(identical(draw(1, 2), draw(1, 2)));
  EXPECT_FALSE(identical(draw(1, 2), draw(1, 3)));
  EXPECT_FALSE(identical(draw(1, 2), draw(2, 2)));
}

TEST(Random, IsTheSameInAnyRanges) {
  using Kind = ops::Random::Kind;
  for (const Kind kind : {Kind::uniform, Kind::normal, Kind::truncated_normal, Kind::bernoulli}) {
    const ops::Random op{.kind = kind, .a = 0.25, .stream = 3};
    std::vector<float> whole(103);
    std::vector<float> pieces(103);
    ops::draw_random(op, 1, 2, 0, 103, whole.data());
    for (std::int64_t begin = 0; begin < 103; begin += 7) {
      ops::draw_random(op, 1, 2, begin, std::min<std::int64_t>(begin + 7, 103), pieces.data());
    }
    EXPECT_EQ(whole, pieces);
  }
}

// The documented definition, word by word.
TEST(Random, IsDrawnFromTheStream) {
  const RandomStream stream(1, 3, 2);
  float drawn[10];
  ops::draw_random(ops::Random{.kind = ops::Random::Kind::uniform, .stream = 3}, 1, 2, 0, 10,
                   drawn);
  for (std::uint64_t i = 0; i < 10; ++i) {
    EXPECT_EQ(drawn[i], static_cast<float>(stream.uniform(i)));
  }
}

}  // namespace
}  // namespace antler::testing
