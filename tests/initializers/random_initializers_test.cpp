#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "antler/core/error.h"
#include "antler/core/thread_pool.h"
#include "antler/initializers/glorot.h"
#include "antler/initializers/he.h"
#include "antler/initializers/lecun.h"
#include "antler/initializers/random_normal.h"
#include "antler/initializers/random_uniform.h"
#include "antler/initializers/variance_scaling.h"

namespace antler::initializers {
namespace {

struct Moments {
  double mean = 0, deviation = 0, low = 0, high = 0;
};

Moments moments_of(const Tensor& t) {
  Moments m{0, 0, t.item(0), t.item(0)};
  const auto data = t.data<float>();
  for (const float x : data) {
    m.mean += x / static_cast<double>(t.size());
    m.low = std::min<double>(m.low, x);
    m.high = std::max<double>(m.high, x);
  }
  for (const float x : data) m.deviation += (x - m.mean) * (x - m.mean);
  m.deviation = std::sqrt(m.deviation / static_cast<double>(t.size()));
  return m;
}

// The tolerances are five standard errors of 200,000 numbers.
const Shape kLarge = {400, 500};
constexpr double kMeanError = 0.0112;      // of the mean, in deviations
constexpr double kDeviationError = 0.008;  // of the deviation, relative

void expect_moments(const Initializer& initializer, double mean, double deviation) {
  const Moments m = moments_of(initializer(kLarge));
  EXPECT_NEAR(m.mean, mean, kMeanError * deviation);
  EXPECT_NEAR(m.deviation, deviation, kDeviationError * deviation);
}

TEST(RandomUniform, HasItsRangeAndMoments) {
  const RandomUniform initializer({.minval = 1, .maxval = 4, .seed = 1});
  expect_moments(initializer, 2.5, 3 / std::sqrt(12.0));
  const Moments m = moments_of(initializer(kLarge));
  EXPECT_GE(m.low, 1);
  EXPECT_LT(m.low, 1.001);
  EXPECT_LT(m.high, 4);
  EXPECT_GT(m.high, 3.999);
}

TEST(RandomUniform, NeverReachesItsBoundInFloat32) {
  // Between these two there is no other float: rounding up would give the bound.
  const double high = std::nextafter(1.0F, 2.0F);
  const Tensor t = RandomUniform({.minval = 1, .maxval = high, .seed = 1})({1000});
  for (const float x : t.data<float>()) EXPECT_EQ(x, 1.0F);
}

TEST(RandomUniform, OfAnEmptyRangeIsItsBound) {
  EXPECT_EQ(RandomUniform({.minval = 0.5, .maxval = 0.5})({2}).item(1), 0.5);
}

TEST(RandomNormal, HasItsMoments) {
  expect_moments(RandomNormal({.mean = -1, .stddev = 0.5, .seed = 2}), -1, 0.5);
  // 200,000 numbers reach beyond four deviations.
  EXPECT_GT(moments_of(RandomNormal({.stddev = 1, .seed = 2})(kLarge)).high, 4);
}

TEST(TruncatedNormal, IsCutAtTwoDeviations) {
  const TruncatedNormal initializer({.mean = 1, .stddev = 0.5, .seed = 3});
  expect_moments(initializer, 1, 0.5 * 0.87962566103423978);
  const Moments m = moments_of(initializer(kLarge));
  EXPECT_GE(m.low, 0);
  EXPECT_LT(m.low, 0.01);
  EXPECT_LE(m.high, 2);
  EXPECT_GT(m.high, 1.99);
}

TEST(ComputeFans, FollowsKeras) {
  using Fans = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(compute_fans({}), Fans(1, 1));
  EXPECT_EQ(compute_fans({7}), Fans(7, 7));
  EXPECT_EQ(compute_fans({3, 5}), Fans(3, 5));
  EXPECT_EQ(compute_fans({3, 3, 8, 16}), Fans(72, 144));
}

TEST(VarianceScaling, HasItsVariance) {
  // kLarge has 400 inputs and 500 outputs.
  expect_moments(GlorotUniform({.seed = 1}), 0, std::sqrt(2.0 / 900));
  expect_moments(GlorotNormal({.seed = 1}), 0, std::sqrt(2.0 / 900));
  expect_moments(HeUniform({.seed = 1}), 0, std::sqrt(2.0 / 400));
  expect_moments(HeNormal({.seed = 1}), 0, std::sqrt(2.0 / 400));
  expect_moments(LecunUniform({.seed = 1}), 0, std::sqrt(1.0 / 400));
  expect_moments(LecunNormal({.seed = 1}), 0, std::sqrt(1.0 / 400));
  expect_moments(
      VarianceScaling(
          {.scale = 3, .mode = "fan_out", .distribution = "untruncated_normal", .seed = 1}),
      0, std::sqrt(3.0 / 500));
}

// The fans are the products of the sizes along the axes: here 500 in and 400 out, 20 and 10 of four
// axes; one of the two alone counts for nothing.
TEST(VarianceScaling, CountsAlongItsAxes) {
  expect_moments(HeUniform({.seed = 1, .input_axes = {1}, .output_axes = {0}}), 0,
                 std::sqrt(2.0 / 500));
  expect_moments(GlorotNormal({.seed = 1, .input_axes = {}, .output_axes = {0}}), 0,
                 std::sqrt(2.0 / 900));
  const VarianceScaling scaling({.mode = "fan_avg",
                                 .distribution = "Uniform",
                                 .seed = 1,
                                 .input_axes = {0, 2},
                                 .output_axes = {-1}});
  const Moments m = moments_of(scaling({4, 1000, 5, 10}));
  const double deviation = std::sqrt(1.0 / 15);
  EXPECT_NEAR(m.deviation, deviation, kDeviationError * deviation);
  EXPECT_LE(m.high, std::sqrt(3.0) * deviation);
  EXPECT_GT(m.high, 0.999 * std::sqrt(3.0) * deviation);
  // No axes at all are one input and one output.
  const FanAxes none(std::vector<int>{});
  const Moments wide =
      moments_of(LecunUniform({.seed = 1, .input_axes = none, .output_axes = none})(kLarge));
  EXPECT_GT(wide.high, 0.999 * std::sqrt(3.0));
}

TEST(VarianceScaling, KeepsItsLimits) {
  const double uniform = moments_of(GlorotUniform({.seed = 1})(kLarge)).high;
  const double limit = std::sqrt(6.0 / 900);
  EXPECT_LE(uniform, limit);
  EXPECT_GT(uniform, 0.999 * limit);
  const double normal = moments_of(HeNormal({.seed = 1})(kLarge)).high;
  const double cut = 2 * std::sqrt(2.0 / 400) / 0.87962566103423978;
  EXPECT_LE(normal, cut);
  EXPECT_GT(normal, 0.99 * cut);
}

TEST(RandomInitializers, FollowTheirSeed) {
  const Shape shape = {3, 5};
  const Tensor first = GlorotUniform({.seed = 7})(shape);
  EXPECT_TRUE(identical(first, GlorotUniform({.seed = 7})(shape)));
  EXPECT_FALSE(identical(first, GlorotUniform({.seed = 8})(shape)));
  set_random_seed(1);
  EXPECT_TRUE(identical(first, GlorotUniform({.seed = 7})(shape)));
}

TEST(RandomInitializers, FollowTheDefaultSeed) {
  const auto draw = [] { return HeNormal()({4}); };
  set_random_seed(5);
  const Tensor first = draw();
  const Tensor second = draw();
  EXPECT_FALSE(identical(first, second));
  // A seed of its own takes no stream away from the later ones.
  set_random_seed(5);
  EXPECT_TRUE(identical(first, draw()));
  HeNormal({.seed = 3})({4});
  EXPECT_TRUE(identical(second, draw()));
  set_random_seed(6);
  EXPECT_FALSE(identical(first, draw()));
}

TEST(RandomInitializers, NeverUseAModelsStreams) {
  const RandomStream model(11, 0, 0);
  const Tensor t = RandomUniform({.minval = 0, .maxval = 1, .seed = 11})({4});
  EXPECT_NE(t.item(0), model.uniform(0));
  EXPECT_EQ(t.item(0), RandomStream(11, 0x80000000U, 0).uniform(0));
  EXPECT_EQ(initializer_stream(11, 6).uniform(2), RandomStream(11, 0x80000006U, 0).uniform(2));
}

TEST(RandomInitializers, TakeTheCallersStream) {
  const Initializer initializer = RandomNormal({.mean = 0, .stddev = 1});
  const RandomStream stream = initializer_stream(3, 9);
  EXPECT_EQ(initializer({2}, DType::float64, stream).item(1), stream.normal(1));
}

TEST(RandomInitializers, GiveTheSameBitsForAnyThreadCount) {
  const int threads = num_threads();
  set_num_threads(1);
  const Tensor one = HeNormal({.seed = 1})({100, 333});
  set_num_threads(3);
  EXPECT_TRUE(identical(one, HeNormal({.seed = 1})({100, 333})));
  set_num_threads(threads);
}

TEST(RandomInitializers, MakeFloat64) {
  const Tensor t = RandomNormal({.seed = 1})({100}, DType::float64);
  std::set<double> values;
  for (const double x : t.data<double>()) values.insert(x);
  EXPECT_EQ(values.size(), 100U);
  EXPECT_NE(t.item(0), static_cast<double>(t.item<float>(0)));
}

template <class E>
std::string message(const std::function<void()>& f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "nothing was thrown";
}

TEST(RandomInitializers, SayWhatIsWrong) {
  EXPECT_EQ(message<TypeError>([] { HeNormal()({2}, DType::int32); }),
            "HeNormal: expected float32 or float64, got int32");
  EXPECT_EQ(message<ValueError>([] { RandomUniform({.minval = 1, .maxval = 0}); }),
            "RandomUniform: expected minval <= maxval, got 1.0 and 0.0");
  EXPECT_EQ(message<ValueError>([] { TruncatedNormal({.stddev = -1}); }),
            "TruncatedNormal: expected stddev >= 0, got -1.0");
  EXPECT_EQ(message<ValueError>([] { VarianceScaling({.scale = 0}); }),
            "VarianceScaling: expected scale > 0, got 0.0");
  EXPECT_EQ(message<ValueError>([] { VarianceScaling({.mode = "fan_inn"}); }),
            "VarianceScaling: unknown mode \"fan_inn\"; did you mean \"fan_in\"?");
  EXPECT_EQ(message<ShapeError>([] {
              HeNormal({.input_axes = {0}, .output_axes = {2}})({3, 4});
            }),
            "HeNormal: expected output_axes among the 2 axes of a weight of shape (3, 4), got 2");
}

}  // namespace
}  // namespace antler::initializers
