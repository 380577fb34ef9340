#include "antler/layers/dropout.h"

#include <cmath>
#include <limits>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/ops/sum.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

const CallOptions kTraining = {.training = true};

// In training, from a seed and a step of the model's.
Tensor dropped(const Layer& layer, const Tensor& x, std::int64_t seed, std::int64_t step) {
  CallContext context(kTraining);
  context.set_random_source(Tensor(seed), Tensor(step));
  return layer(x, context);
}

TEST(Dropout, IsTheIdentityOutsideTraining) {
  const Tensor x = distinct({3, 4}).astype(DType::float32);
  check_layer(Dropout(0.5, {.name = "d"}), {x}, {.expected = x, .supports_masking = true});
  check_layer(Dropout(0.9, {.noise_shape = {None, 1}, .seed = 3, .name = "d"}), {x},
              {.expected = x, .supports_masking = true});
  EXPECT_TRUE(identical(Tensor(Dropout(0)(x, kTraining)), x));
}

TEST(Dropout, KeepsAShareAndTheMean) {
  const Tensor ones = Tensor::ones({100, 1000});
  for (const double rate : {0.1, 0.5, 0.8}) {
    const Tensor y = dropped(Dropout(rate), ones, 7, 0);
    std::int64_t kept = 0;
    for (std::int64_t i = 0; i < y.size(); ++i) {
      const auto value = y.item<double>(i);
      kept += value != 0;
      EXPECT_FLOAT_EQ(static_cast<float>(value),
                      value == 0 ? 0.0F : static_cast<float>(1 / (1 - rate)));
    }
    // Five standard deviations of 100,000 draws.
    const double share = static_cast<double>(kept) / 1e5;
    EXPECT_NEAR(share, 1 - rate, 5 * std::sqrt(rate * (1 - rate) / 1e5)) << rate;
  }
}

TEST(Dropout, BitsFollowFromSeedDrawAndStep) {
  const Tensor x = Tensor::ones({8, 8});
  const Dropout layer(0.5);
  EXPECT_TRUE(identical(dropped(layer, x, 1, 2), dropped(Dropout(0.5), x, 1, 2)));
  EXPECT_FALSE(identical(dropped(layer, x, 1, 2), dropped(layer, x, 1, 3)));
  EXPECT_FALSE(identical(dropped(layer, x, 1, 2), dropped(layer, x, 2, 2)));
  CallContext context(kTraining);
  const Value first = layer(x, context), second = layer(x, context);
  EXPECT_FALSE(identical(Tensor(first), Tensor(second)));
}

TEST(Dropout, ASeedOfItsOwnDoesNotDependOnTheModel) {
  const Tensor x = Tensor::ones({8, 8});
  const Dropout seeded(0.5, {.seed = 3});
  EXPECT_TRUE(identical(dropped(seeded, x, 1, 2), dropped(seeded, x, 5, 2)));
  EXPECT_FALSE(identical(dropped(seeded, x, 1, 2), dropped(seeded, x, 1, 3)));
  EXPECT_FALSE(identical(dropped(seeded, x, 1, 2), dropped(Dropout(0.5, {.seed = 4}), x, 1, 2)));
  // Nor on the layers before it.
  CallContext context(kTraining);
  context.set_random_source(Tensor(std::int64_t{1}), Tensor(std::int64_t{2}));
  Dropout(0.5)(x, context);
  EXPECT_TRUE(identical(Tensor(seeded(x, context)), dropped(seeded, x, 1, 2)));
}

TEST(Dropout, EagerCallsDifferAndFollowTheSeed) {
  const Tensor x = Tensor::ones({8, 8});
  const Dropout layer(0.5);
  set_random_seed(1);
  const Tensor first = layer(x, kTraining), second = layer(x, kTraining);
  set_random_seed(1);
  EXPECT_FALSE(identical(first, second));
  EXPECT_TRUE(identical(Tensor(layer(x, kTraining)), first));
}

TEST(Dropout, NoiseShapeSharesDraws) {
  const Tensor y =
      dropped(Dropout(0.5, {.noise_shape = {None, 1, 3}}), Tensor::ones({9, 5, 3}), 1, 1);
  for (std::int64_t i = 0; i < 9; ++i) {
    for (std::int64_t j = 1; j < 5; ++j) EXPECT_TRUE(identical(y[i][j].clone(), y[i][0].clone()));
  }
  EXPECT_FALSE(identical(y[0].clone(), Tensor::full({5, 3}, y.item<double>())) &&
               identical(y[1].clone(), Tensor::full({5, 3}, y.item<double>())));
}

TEST(Dropout, RateOneDropsAllEvenInfinity) {
  const Tensor x{{1, std::numeric_limits<float>::infinity()}};
  EXPECT_TRUE(is_near(dropped(Dropout(1), Tensor{{1, 2}}, 1, 1), Tensor{{0, 0}}));
  EXPECT_TRUE(is_near(dropped(Dropout(0.999999), x, 1, 1), Tensor{{0, 0}}));
}

// The gradient passes where the value passed.
TEST(Dropout, Gradient) {
  const Dropout layer(0.5, {.seed = 1});
  const Function both([&](const Value& x) {
    CallContext context(kTraining);
    const Value y = layer(x, context);
    const std::vector<Value> wrt = {x};
    return std::vector<Value>{y, gradients(ops::sum(y), wrt)[0]};
  });
  const std::vector<Tensor> results = both.call({Tensor::ones({6, 6})});
  EXPECT_TRUE(identical(results[0], results[1]));
}

TEST(Dropout, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Dropout(1.5, {.name = "d"}); }),
            "d (Dropout): expected a rate in [0, 1], got 1.5");
  EXPECT_EQ(message_of<ValueError>([] { Dropout(-0.1); }),
            "Dropout: expected a rate in [0, 1], got -0.1");
  EXPECT_EQ(message_of<ValueError>([] {
              Dropout(0.5, {.noise_shape = {2, 0}});
            }),
            "Dropout: expected sizes of at least 1 in noise_shape, got (2, 0)");
  EXPECT_EQ(message_of<ShapeError>([] {
              Dropout(0.5, {.noise_shape = {None, 2}})(Tensor::ones({4, 3}), kTraining);
            }),
            "dropout (Dropout): expected an input that noise_shape (None, 2) fits, got (4, 3); its "
            "sizes are 1, None or the input's");
}

}  // namespace
}  // namespace antler
