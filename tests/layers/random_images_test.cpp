// The layers that change images at random. Their numbers where no draw matters are golden cases.
#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_registry.h"
#include "antler/layers/pipeline.h"
#include "antler/layers/random_color.h"
#include "antler/layers/random_crop.h"
#include "antler/layers/random_geometry.h"
#include "antler/models/sequential.h"
#include "antler/ops/statistics.h"
#include "antler/ops/transpose.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::is_near;
using testing::message_of;

const Tensor kImages = testing::uniform({4, 6, 5, 3}, 10, 240).astype(DType::float32);

// Nothing is clipped in it: a clip would be a kink.
const std::vector<double> kWide = {-400, 600};

std::vector<Layer> all_layers(std::optional<std::int64_t> seed = {}) {
  return {RandomCrop(3, 2, {.seed = seed, .name = "crop"}),
          RandomFlip({.seed = seed, .name = "flip"}),
          RandomTranslation(0.4, {-0.2, 0.3}, {.seed = seed, .name = "translation"}),
          RandomRotation(0.3, {.fill_mode = "constant", .seed = seed, .name = "rotation"}),
          RandomZoom({-0.5, 0.4}, {.width_factor = 0.3, .seed = seed, .name = "zoom"}),
          RandomContrast({0.6, 0.5}, {.value_range = kWide, .seed = seed, .name = "contrast"}),
          RandomBrightness(0.3, {.value_range = kWide, .seed = seed, .name = "brightness"})};
}

Tensor drawn(const Layer& layer, const Tensor& x, std::int64_t seed, std::int64_t step = 0) {
  CallContext context({.training = true});
  context.set_random_source(Tensor(seed), Tensor(step));
  return layer(x, context);
}

bool is_same(const Tensor& a, const Tensor& b) { return identical(a, b); }

TEST(RandomImages, AreLayersLikeOthers) {
  for (const Layer& layer : all_layers(3)) {
    SCOPED_TRACE(layer.name());
    check_layer(layer, {kImages}, {.tolerance = 1e-5});
  }
}

// Keras' rule: a call that does not say whether it trains changes images.
TEST(RandomImages, ChangeUnlessTheCallDoesNotTrain) {
  for (const Layer& layer : all_layers(3)) {
    EXPECT_FALSE(is_same(layer(kImages), kImages)) << layer.name();
    EXPECT_FALSE(is_same(layer(kImages, {.training = true}), kImages)) << layer.name();
    EXPECT_TRUE(is_same(layer(kImages, {.training = false}), kImages)) << layer.name();
  }
  const Layer flip = all_layers(3)[1];
  const Pipeline steps({flip});
  EXPECT_FALSE(is_same(steps(kImages), kImages));
  EXPECT_TRUE(is_same(steps(kImages, {.training = false}), kImages));
}

TEST(RandomImages, OfAModelChangeInFitAndWhenItIsCalledEagerly) {
  Sequential model({Input({6, 5, 3}), RandomFlip({.mode = "horizontal", .seed = 1}),
                    RandomBrightness(0.5, {.seed = 2})});
  EXPECT_TRUE(is_same(model.predict(kImages), kImages));
  EXPECT_FALSE(is_same(model(kImages), kImages));
  EXPECT_TRUE(is_same(model(kImages, {.training = false}), kImages));
  model.compile({.optimizer = "sgd", .loss = "mse"});
  EXPECT_EQ(model.evaluate(kImages, kImages)["loss"], 0);
}

// What fit trains on differs from what it evaluates on.
TEST(RandomImages, ChangeWhatFitTrainsOn) {
  Sequential sums({Input({6, 5, 3}), RandomBrightness({0.5, 0.5}, {.value_range = {0, 1}}),
                   Flatten(), Dense(1, {.kernel_initializer = "ones"})});
  sums.compile({.optimizer = "sgd", .loss = "mae"});
  const Tensor x = Tensor::zeros({2, 6, 5, 3});
  const History history = sums.fit(x, Tensor::zeros({2, 1}), {.verbose = 0});
  EXPECT_NEAR(history["loss"][0], 45, 1e-4);  // 90 elements of 0.5
}

TEST(RandomImages, FollowFromTheSeedAndTheStep) {
  for (const Layer& layer : all_layers()) {
    const Tensor first = drawn(layer, kImages, 7);
    EXPECT_TRUE(is_same(drawn(layer, kImages, 7), first)) << layer.name();
    bool seed_matters = false, step_matters = false;
    for (std::int64_t other = 1; other < 6; ++other) {
      seed_matters = seed_matters || !is_same(drawn(layer, kImages, 7 + other), first);
      step_matters = step_matters || !is_same(drawn(layer, kImages, 7, other), first);
    }
    EXPECT_TRUE(seed_matters && step_matters) << layer.name();
  }
}

TEST(RandomImages, DrawAnewForEachImageOfABatch) {
  Tensor same = Tensor::zeros({16, 6, 5, 3});
  const auto data = same.mutable_data<float>();
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = kImages.data<float>()[i % 90];
  for (const Layer& layer : all_layers()) {
    const Tensor y = drawn(layer, same, 5);
    int different = 0;
    for (int i = 1; i < 16; ++i) different += is_same(y[i], y[0]) ? 0 : 1;
    if (layer.class_name() == "RandomCrop") {
      EXPECT_EQ(different, 0);  // one place for all
    } else if (layer.class_name() == "RandomFlip") {
      EXPECT_TRUE(different > 1 && different < 15) << different;
    } else {
      EXPECT_EQ(different, 15) << layer.name();
    }
  }
}

TEST(RandomImages, TakeOneImageAndBothDataFormats) {
  for (const Layer& layer : all_layers()) {
    const Tensor batch = drawn(layer, kImages.slice(0, 1), 4);
    EXPECT_TRUE(is_same(drawn(layer, kImages[0], 4), batch[0])) << layer.name();
    Config config = layer_to_config(layer);
    Config inner = config.at("config");
    inner.set("data_format", "channels_first");
    config.set("config", inner);
    const Tensor first = ops::moveaxis(kImages, -1, 1);
    const Tensor y = drawn(layer_from_config(config), first, 4);
    EXPECT_TRUE(is_near(Tensor(ops::moveaxis(y, 1, -1)), drawn(layer, kImages, 4), 1e-6))
        << layer.name();
  }
}

TEST(RandomImages, TakeBytes) {
  const Tensor bytes = kImages.astype(DType::uint8);
  for (const Layer& layer : all_layers()) {
    EXPECT_EQ(drawn(layer, bytes, 4).dtype(), DType::float32) << layer.name();
    EXPECT_TRUE(is_same(drawn(layer, bytes, 4), drawn(layer, bytes.astype(DType::float32), 4)));
    EXPECT_EQ(Tensor(layer(bytes, {.training = false})).dtype(), DType::float32) << layer.name();
  }
}

// One image, whose pixels are their numbers, a thousand times.
Tensor numbered(std::int64_t height, std::int64_t width) {
  Tensor x = Tensor::zeros({1000, height, width, 1});
  const auto data = x.mutable_data<float>();
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = static_cast<float>(i % static_cast<std::size_t>(height * width));
  }
  return x;
}

TEST(RandomFlip, TurnsHalfOfTheImages) {
  const Tensor x = numbered(2, 3);
  const struct {
    const char* mode;
    std::vector<float> turned;
  } rows[] = {{"horizontal", {2, 1, 0, 5, 4, 3}},
              {"vertical", {3, 4, 5, 0, 1, 2}},
              {"horizontal_and_vertical", {5, 4, 3, 2, 1, 0}}};
  for (const auto& [mode, turned] : rows) {
    const Tensor y = drawn(RandomFlip({.mode = mode}), x, 11);
    int count = 0;
    for (int i = 0; i < 1000; ++i) {
      const bool is_turned = is_same(y[i], Tensor::from(turned, {2, 3, 1}));
      EXPECT_TRUE(is_turned || is_same(y[i], x[i])) << mode << ' ' << i;
      count += is_turned ? 1 : 0;
    }
    EXPECT_NEAR(count, 500, 80) << mode;  // five standard deviations
  }
}

// Where pixels are their columns, the value of the middle says how far the image was moved.
TEST(RandomTranslation, MovesWithinItsBounds) {
  const Tensor x = numbered(1, 41);
  const Tensor y = drawn(RandomTranslation(0, {-0.25, 0.125}, {.fill_mode = "nearest"}), x, 3);
  double sum = 0, low = 100, high = -100;
  for (int i = 0; i < 1000; ++i) {
    const double moved = (20 - y[i].item<double>(20)) / 41;
    sum += moved;
    low = std::min(low, moved);
    high = std::max(high, moved);
  }
  EXPECT_NEAR(sum / 1000, -0.0625, 5 * 0.375 / std::sqrt(12 * 1000));
  EXPECT_TRUE(low >= -0.2501 && low < -0.245) << low;
  EXPECT_TRUE(high <= 0.1251 && high > 0.12) << high;
}

TEST(RandomZoom, KeepsTheProportionWithoutAWidthFactor) {
  const Tensor x = numbered(9, 9);
  const Tensor y = drawn(RandomZoom({-0.5, 0}), x.slice(0, 50), 3);
  for (int i = 0; i < 50; ++i) {
    // From the middle, pixel 40: one column to the right and one row down.
    const double right = y[i].item<double>(41) - 40, down = y[i].item<double>(49) - 40;
    EXPECT_NEAR(down, 9 * right, 1e-3);
    EXPECT_TRUE(right >= 0.4999 && right <= 1.0001) << right;
  }
}

TEST(RandomRotation, TurnsAgainstTheClock) {
  const Tensor x = testing::values({1, 2, 3, 4}, {1, 2, 2, 1}, DType::float32);
  EXPECT_TRUE(is_near(drawn(RandomRotation({0.25, 0.25}), x, 1),
                      testing::values({2, 4, 1, 3}, {1, 2, 2, 1}), 1e-5));
}

TEST(RandomCrop, CutsAPartOfTheImage) {
  const Tensor x = numbered(5, 4);
  std::vector<int> seen(20);
  for (std::int64_t step = 0; step < 200; ++step) {
    const Tensor y = drawn(RandomCrop(3, 2), x.slice(0, 2), 5, step);
    const int first = static_cast<int>(y.item<double>(0));
    const int row = first / 4, column = first % 4;
    ASSERT_TRUE(row <= 2 && column <= 2) << first;
    ++seen[static_cast<std::size_t>(first)];
    const auto at = [&](int i) { return static_cast<float>(first + i); };
    EXPECT_TRUE(
        is_same(y[1], Tensor::from<float>({at(0), at(1), at(4), at(5), at(8), at(9)}, {3, 2, 1})));
  }
  EXPECT_EQ(std::count_if(seen.begin(), seen.end(), [](int n) { return n > 5; }), 9);
}

TEST(RandomContrast, KeepsTheMeanOfAChannel) {
  const Tensor x = testing::uniform({8, 5, 5, 2}, 0.4, 0.6).astype(DType::float32);
  const Tensor y = drawn(RandomContrast({0.9, 0.5}, {.value_range = {0, 1}}), x, 6);
  const auto mean = [](const Tensor& t) { return Tensor(ops::mean(t, {.axis = {1, 2}})); };
  EXPECT_TRUE(is_near(mean(y), mean(x), 1e-5));
  for (int i = 0; i < 8; ++i) {
    const double factor = (y[i].item<double>(0) - mean(x)[i].item<double>(0)) /
                          (x[i].item<double>(0) - mean(x)[i].item<double>(0));
    EXPECT_TRUE(factor >= 0.0999 && factor <= 1.5001) << factor;
  }
}

TEST(RandomBrightness, AddsAPartOfTheRange) {
  const Tensor x = Tensor::full({1000, 1, 1, 1}, 0.5F);
  const Tensor y = drawn(RandomBrightness({-0.1, 0.4}, {.value_range = {1, 0}}), x, 6);
  double sum = 0;
  for (int i = 0; i < 1000; ++i) {
    const double added = y.item<double>(i) - 0.5;
    EXPECT_TRUE(added >= -0.1001 && added <= 0.4001) << added;
    sum += added;
  }
  EXPECT_NEAR(sum / 1000, 0.15, 5 * 0.5 / std::sqrt(12 * 1000));
  EXPECT_TRUE(is_same(drawn(RandomBrightness({0.7, 0.7}, {.value_range = {0, 1}}), x, 6),
                      Tensor::ones({1000, 1, 1, 1})));
}

TEST(RandomImages, WriteKerasFactors) {
  EXPECT_EQ(RandomRotation(0.2).get_config().at("factor"), Config(std::vector<double>{-0.2, 0.2}));
  EXPECT_EQ(RandomContrast(0.2).get_config().at("factor"), Config(std::vector<double>{0, 0.2}));
  EXPECT_EQ(RandomBrightness({0.3, -0.1}).get_config().at("factor"),
            Config(std::vector<double>{-0.1, 0.3}));
  EXPECT_EQ(RandomZoom(0.2).get_config().at("height_factor"), Config(0.2));
  EXPECT_TRUE(RandomZoom(0.2).get_config().at("width_factor").is_null());
  EXPECT_EQ(RandomTranslation({0.3, -0.1}, 0.5).get_config().at("height_factor"),
            Config(std::vector<double>{0.3, -0.1}));
}

TEST(RandomImages, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { RandomRotation(1.5, {.name = "r"}); }),
            "r (RandomRotation): expected factor as a number in [-1, 1], or two as {lower, upper}, "
            "got 1.5");
  EXPECT_EQ(message_of<ValueError>([] { RandomContrast(-0.1); }),
            "RandomContrast: expected factor as a number in [0, 1], or two as {lower, upper}, got "
            "-0.1");
  EXPECT_EQ(message_of<ValueError>([] {
              RandomBrightness({0.1, 0.2, 0.3});
            }),
            "RandomBrightness: expected factor as a number in [-1, 1], or two as {lower, upper}, "
            "got [0.1, 0.2, 0.3]");
  EXPECT_EQ(message_of<ValueError>([] { RandomZoom(0.1, {.width_factor = -1}); }),
            "RandomZoom: expected width_factor as a number in (-1, 1], or two as {lower, upper}, "
            "got -1.0");
  EXPECT_EQ(message_of<ValueError>([] {
              RandomTranslation({-0.1, 1.2}, 0);
            }),
            "RandomTranslation: expected height_factor as a number in [-1, 1], or two as {lower, "
            "upper}, got [-0.1, 1.2]");
  EXPECT_EQ(message_of<ValueError>([] { RandomBrightness(0.1, {.value_range = {1}}); }),
            "RandomBrightness: expected value_range as {lowest, highest}, got [1.0]");
  EXPECT_EQ(message_of<ValueError>([] { RandomCrop(3, 0); }),
            "RandomCrop: expected a height and width of at least 1, got 3 and 0");
  EXPECT_EQ(message_of<ValueError>([] { RandomFlip({.mode = "horizontaly"}); }),
            "RandomFlip: unknown mode \"horizontaly\"; did you mean \"horizontal\"?");
  EXPECT_EQ(message_of<ValueError>([] { RandomZoom(0.1, {.fill_mode = "reflekt"}); }),
            "RandomZoom: unknown fill_mode \"reflekt\"; did you mean \"reflect\"?");
  EXPECT_EQ(message_of<ValueError>([] { RandomZoom(0.1, {.interpolation = "nearst"}); }),
            "RandomZoom: unknown interpolation \"nearst\"; did you mean \"nearest\"?");
  for (const Layer& layer : all_layers()) {
    EXPECT_EQ(message_of<ShapeError>([&] {
                layer(Tensor{{1, 2}});
              }),
              layer.name() + " (" + layer.class_name() +
                  "): expected an image (height, width, channels) or a batch of them, got (1, 2)");
  }
}

}  // namespace
}  // namespace antler
