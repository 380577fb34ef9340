// GaussianNoise, GaussianDropout, AlphaDropout, SpatialDropout, ActivityRegularization, PReLU.
#include "antler/layers/noise.h"

#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/activity_regularization.h"
#include "antler/layers/input.h"
#include "antler/layers/prelu.h"
#include "antler/layers/spatial_dropout.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

Tensor trained(const Layer& layer, const Tensor& x, std::int64_t seed = 7, std::int64_t step = 0) {
  CallContext context({.training = true});
  context.set_random_source(Tensor(seed), Tensor(step));
  return layer(x, context);
}

struct Moments {
  double mean = 0, variance = 0;
};
Moments moments_of(const Tensor& x) {
  const auto n = static_cast<double>(x.size());
  Moments m;
  for (std::int64_t i = 0; i < x.size(); ++i) m.mean += x.item<double>(i) / n;
  for (std::int64_t i = 0; i < x.size(); ++i) {
    m.variance += std::pow(x.item<double>(i) - m.mean, 2) / n;
  }
  return m;
}

// Five standard deviations of the mean and of the variance of normal numbers.
void expect_moments(const Tensor& x, double mean, double variance) {
  const Moments got = moments_of(x);
  const auto n = static_cast<double>(x.size());
  EXPECT_NEAR(got.mean, mean, 5 * std::sqrt(variance / n));
  EXPECT_NEAR(got.variance, variance, 5 * variance * std::sqrt(2 / n));
}

TEST(GaussianNoise, HasItsMoments) {
  expect_moments(trained(GaussianNoise(0.5), Tensor::full({300, 300}, 2)), 2, 0.25);
  expect_moments(trained(GaussianDropout(0.2), Tensor::full({300, 300}, 3)), 3, 9 * 0.25);
}

// Inputs of mean 0 and variance 1 keep both.
TEST(AlphaDropout, KeepsMeanAndVariance) {
  const Tensor x = testing::normal({300, 300}, 3).astype(DType::float32);
  for (const double rate : {0.1, 0.4}) {
    const Moments got = moments_of(trained(AlphaDropout(rate), x));
    EXPECT_NEAR(got.mean, 0, 0.02) << rate;
    EXPECT_NEAR(got.variance, 1, 0.03) << rate;
  }
  const Tensor rows = trained(AlphaDropout(0.5, {.noise_shape = {None, 1}}), Tensor::ones({64, 3}));
  std::int64_t dropped = 0;
  for (std::int64_t i = 0; i < 64; ++i) {
    EXPECT_EQ(rows.item<float>(3 * i), rows.item<float>(3 * i + 2));
    dropped += rows.item<float>(3 * i) < 0;
  }
  EXPECT_GT(dropped, 12);
  EXPECT_LT(dropped, 52);
}

TEST(SpatialDropout, DropsWholeChannels) {
  const auto check = [](const Layer& layer, const Shape& shape, int channel_axis) {
    const Tensor y = trained(layer, Tensor::ones(shape));
    const std::int64_t inner = shape.size(channel_axis + 1, shape.rank());
    const std::int64_t channels = shape[channel_axis];
    const std::int64_t rows = shape.size(0, channel_axis) / shape[0];
    std::int64_t dropped = 0;
    for (std::int64_t n = 0; n < shape[0]; ++n) {
      for (std::int64_t c = 0; c < channels; ++c) {
        const auto at = [&](std::int64_t row, std::int64_t i) {
          return y.item<float>(((n * rows + row) * channels + c) * inner + i);
        };
        const float first = at(0, 0);
        EXPECT_TRUE(first == 0 || first == 4.0F / 3) << first;
        dropped += first == 0;
        for (std::int64_t row = 0; row < rows; ++row) {
          for (std::int64_t i = 0; i < inner; ++i) EXPECT_EQ(at(row, i), first);
        }
      }
    }
    const auto draws = static_cast<double>(shape[0] * channels);
    EXPECT_NEAR(static_cast<double>(dropped) / draws, 0.25, 5 * std::sqrt(0.1875 / draws));
  };
  check(SpatialDropout1D(0.25), {40, 3, 20}, 2);
  check(SpatialDropout2D(0.25), {40, 3, 2, 20}, 3);
  check(SpatialDropout2D(0.25, {.data_format = "channels_first"}), {40, 20, 3, 2}, 1);
  check(SpatialDropout3D(0.25), {40, 2, 1, 2, 20}, 4);
  check(SpatialDropout3D(0.25, {.data_format = "channels_first"}), {40, 20, 2, 1, 2}, 1);
}

TEST(Noise, BitsFollowFromSeedDrawAndStep) {
  const Tensor x = Tensor::ones({2, 6, 5});
  const std::vector<Layer> layers = {GaussianNoise(0.5), GaussianDropout(0.5), AlphaDropout(0.5),
                                     SpatialDropout1D(0.5)};
  for (const Layer& layer : layers) {
    EXPECT_TRUE(identical(trained(layer, x, 1, 2), trained(layer, x, 1, 2)));
    EXPECT_FALSE(identical(trained(layer, x, 1, 2), trained(layer, x, 1, 3)));
    EXPECT_FALSE(identical(trained(layer, x, 1, 2), trained(layer, x, 2, 2)));
    EXPECT_TRUE(identical(Tensor(layer(x)), x)) << layer.class_name();
  }
  const GaussianNoise seeded(0.5, {.seed = 3});
  EXPECT_TRUE(identical(trained(seeded, x, 1, 2), trained(seeded, x, 2, 2)));
}

TEST(Noise, IsTheIdentityOutsideTraining) {
  const Tensor x = distinct({2, 3, 4}).astype(DType::float32);
  check_layer(GaussianNoise(0.5, {.seed = 2, .name = "n"}), {x},
              {.expected = x, .supports_masking = true});
  check_layer(GaussianDropout(0.5, {.name = "n"}), {x}, {.expected = x, .supports_masking = true});
  check_layer(AlphaDropout(0.5, {.noise_shape = {None, 1, 1}, .name = "n"}), {x},
              {.expected = x, .supports_masking = true});
  check_layer(SpatialDropout1D(0.5, {.seed = 1, .name = "n"}), {x},
              {.expected = x, .supports_masking = true});
}

TEST(Noise, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { GaussianNoise(2, {.name = "n"}); }),
            "n (GaussianNoise): expected a stddev in [0, 1], got 2.0");
  EXPECT_EQ(message_of<ValueError>([] { GaussianDropout(-0.5); }),
            "GaussianDropout: expected a rate in [0, 1], got -0.5");
  EXPECT_EQ(message_of<ValueError>([] {
              trained(GaussianDropout(1), Tensor{{1, 2}});
            }),
            "gaussian_dropout (GaussianDropout): expected a rate below 1 in training, got 1");
  EXPECT_EQ(message_of<ValueError>([] { AlphaDropout(0.5, {.noise_shape = {0}}); }),
            "AlphaDropout: expected sizes of at least 1 in noise_shape, got (0,)");
  EXPECT_EQ(message_of<ValueError>([] { SpatialDropout2D(1.5); }),
            "SpatialDropout2D: expected a rate in [0, 1], got 1.5");
  EXPECT_EQ(message_of<ShapeError>([] {
              SpatialDropout1D(0.5)(Tensor{{1, 2}});
            }),
            "spatial_dropout1d (SpatialDropout1D): expected 3 dimensions (batch, 1 spatial and "
            "channels), got (1, 2)");
}

TEST(ActivityRegularization, AddsToTheLoss) {
  const Tensor x{{1, -2}, {3, 0}};
  check_layer(ActivityRegularization({.l1 = 0.1, .l2 = 0.2, .name = "a"}), {x},
              {.expected = x, .supports_masking = true});
  CallContext context;
  ActivityRegularization({.l1 = 0.1, .l2 = 0.2})(x, context);
  ASSERT_EQ(context.losses().size(), 1U);
  EXPECT_NEAR(Tensor(context.losses()[0]).item<double>(), (0.1 * 6 + 0.2 * 14) / 2, 1e-6);
}

TEST(PReLU, Values) {
  const PReLU layer({.alpha_initializer = "ones", .shared_axes = 1, .name = "p"});
  check_layer(layer, {Tensor{{{-1.0, 2.0}, {-3.0, 4.0}}}},
              {.expected = Tensor{{{-1.0, 2.0}, {-3.0, 4.0}}}, .supports_masking = true});
  EXPECT_EQ(layer.weights()[0].shape(), (Shape{1, 2}));
  check_layer(PReLU({.name = "p"}), {distinct({2, 3})}, {.supports_masking = true});
}

TEST(PReLU, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              PReLU({.shared_axes = {0}})(Tensor{{1, 2}});
            }),
            "p_re_lu (PReLU): expected shared_axes in [1, 2), got 0 for (1, 2)");
  EXPECT_EQ(message_of<ShapeError>([] {
              PReLU({.name = "p"})(Value(Input({None, 3})));
            }),
            "p (PReLU): expected known sizes but for shared_axes, got (None, None, 3); add the "
            "axis to shared_axes, or give Input() its size");
  const PReLU built({.name = "p"});
  built(Tensor{{1, 2}});
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor{{1, 2, 3}});
            }),
            "p (PReLU): expected an input that alpha (2,) fits, got (1, 3); the layer was built "
            "for another input");
}

}  // namespace
}  // namespace antler
