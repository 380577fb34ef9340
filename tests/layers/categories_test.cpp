// CategoryEncoding and Discretization.
#include <limits>

#include "antler/core/error.h"
#include "antler/layers/category_encoding.h"
#include "antler/layers/discretization.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_registry.h"
#include "antler/models/model.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::is_near;
using testing::LayerCheckOptions;
using testing::message_of;

LayerCheckOptions giving(const Tensor& expected) {
  return {.expected = expected, .has_gradient = false};
}

const Tensor kTokens = Tensor::from<std::int32_t>({1, 3, 3, 0}, {2, 2});

TEST(CategoryEncoding, OutputModes) {
  check_layer(CategoryEncoding(4, {.name = "c"}), {kTokens},
              giving(Tensor{{0, 1, 0, 1}, {1, 0, 0, 1}}));
  check_layer(CategoryEncoding(4, {.output_mode = "count", .name = "c"}),
              {Tensor::from<std::int32_t>({3, 3, 1}, {1, 3})}, giving(Tensor{{0, 1, 0, 2}}));
  check_layer(CategoryEncoding(4, {.output_mode = "one_hot", .name = "c"}),
              {Tensor::from<std::int32_t>({1, 3}, {2, 1})},
              giving(Tensor{{0, 1, 0, 0}, {0, 0, 0, 1}}));
  check_layer(CategoryEncoding(2, {.output_mode = "one_hot", .name = "c"}),
              {Tensor::from<std::int32_t>({1, 0, 0, 0}, {2, 2})},
              giving(Tensor{{{0, 1}, {1, 0}}, {{1, 0}, {1, 0}}}));
}

TEST(CategoryEncoding, TakesOneExampleAndFloats) {
  EXPECT_TRUE(is_near(CategoryEncoding(3)(Tensor::from<std::int32_t>({2, 0})), Tensor{1, 0, 1}));
  EXPECT_TRUE(is_near(CategoryEncoding(3)(Tensor{{2, 0}}), Tensor{{1, 0, 1}}));
}

// Keras' old name of the mode.
TEST(CategoryEncoding, BinaryIsMultiHot) {
  const CategoryEncoding layer(3, {.output_mode = "binary"});
  EXPECT_EQ(layer.get_config().at("output_mode").as_string(), "multi_hot");
}

TEST(CategoryEncoding, CountWeights) {
  const CategoryEncoding count(4, {.output_mode = "count"});
  const Tensor weights{{0.5, 2}, {3, 4}};
  EXPECT_TRUE(
      is_near(count(kTokens, {.count_weights = weights}), Tensor{{0, 0.5, 0, 2}, {4, 0, 0, 3}}));
  // In a model they are an input like others, and saved as Keras does.
  const Value x = Input({2}, {.dtype = DType::int32, .name = "x"});
  const Value w = Input({2}, {.name = "w"});
  const Model model({.inputs = {x, w}, .outputs = {count(x, {.count_weights = w})}});
  EXPECT_TRUE(is_near(model.predict({{"x", kTokens}, {"w", weights}}),
                      Tensor{{0, 0.5, 0, 2}, {4, 0, 0, 3}}));
}

TEST(CategoryEncoding, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { CategoryEncoding(0, {.name = "c"}); }),
            "c (CategoryEncoding): expected num_tokens of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { CategoryEncoding(2, {.sparse = true}); }),
            "CategoryEncoding: expected sparse = false, got true; there are no sparse tensors");
  EXPECT_EQ(message_of<ValueError>([] { CategoryEncoding(2, {.output_mode = "counts"}); }),
            "CategoryEncoding: unknown output_mode \"counts\"; did you mean \"count\"?");
  const CategoryEncoding layer(3, {.name = "c"});
  EXPECT_EQ(message_of<ValueError>([&] { Tensor y = layer(kTokens, {.count_weights = kTokens}); }),
            "c (CategoryEncoding): expected no count_weights with output_mode \"multi_hot\", got "
            "them; they belong to \"count\"");
  EXPECT_EQ(message_of<ShapeError>([&] {
              Tensor y = CategoryEncoding(4, {.output_mode = "count", .name = "c"})(
                  kTokens, {.count_weights = Tensor{{1, 2, 3}}});
            }),
            "c (CategoryEncoding): expected count_weights of the input's shape (2, 2), got (1, 3)");
  EXPECT_EQ(message_of<ValueError>([&] { Tensor y = layer(kTokens); }),
            "c (CategoryEncoding): expected a token in [0, 3), got 3 at row 0");
}

const std::vector<double> kBounds = {0, 0.25, 1, 3};

TEST(Discretization, OutputModes) {
  const Tensor x{{-1.5, 0, 3.4}, {0.25, 3, 0.5}};
  check_layer(Discretization({.bin_boundaries = kBounds, .name = "d"}), {x},
              giving(Tensor::from<std::int32_t>({0, 1, 4, 2, 4, 2}, {2, 3})));
  check_layer(Discretization({.bin_boundaries = kBounds, .output_mode = "count", .name = "d"}), {x},
              giving(Tensor{{1, 1, 0, 0, 1}, {0, 0, 2, 0, 1}}));
  check_layer(Discretization({.bin_boundaries = kBounds, .output_mode = "multi_hot", .name = "d"}),
              {x}, giving(Tensor{{1, 1, 0, 0, 1}, {0, 0, 1, 0, 1}}));
  check_layer(Discretization({.bin_boundaries = {0}, .output_mode = "one_hot", .name = "d"}),
              {Tensor{{-1}, {1}}}, giving(Tensor{{1, 0}, {0, 1}}));
  check_layer(Discretization({.bin_boundaries = {2, 5}, .name = "d"}),
              {Tensor::from<std::int64_t>({1, 2, 7}, {1, 3})},
              giving(Tensor::from<std::int32_t>({0, 1, 2}, {1, 3})));
}

TEST(Discretization, NumbersThatAreNotFinite) {
  const double inf = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(identical(Tensor(Discretization({.bin_boundaries = kBounds})(Tensor{inf, -inf, nan})),
                        Tensor::from<std::int32_t>({4, 0, 4})));
}

// Against the definition, for every count of boundaries around the powers of two.
TEST(Discretization, CountsBoundariesThatAreNotAbove) {
  for (int count = 1; count <= 34; ++count) {
    std::vector<double> bounds;
    for (int i = 0; i < count; ++i) bounds.push_back(i * 0.5);
    std::vector<float> x;
    std::vector<std::int32_t> expected;
    for (int i = -3; i < 4 * count + 3; ++i) {
      x.push_back(static_cast<float>(i) * 0.125F);
      expected.push_back(0);
      for (const double bound : bounds) expected.back() += bound <= x.back() ? 1 : 0;
    }
    EXPECT_TRUE(identical(Tensor(Discretization({.bin_boundaries = bounds})(Tensor::from(x))),
                          Tensor::from(expected)))
        << count;
  }
}

Tensor sample(int first, int last) {
  std::vector<float> values;
  for (int i = first; i < last; ++i) values.push_back(static_cast<float>(i * 37 % 101) / 8 - 3);
  return Tensor::from(values);
}

void expect_boundaries(const DiscretizationOptions& options, const std::vector<Tensor>& batches,
                       const std::vector<double>& expected) {
  const Discretization layer(options);
  layer.adapt(batches);
  EXPECT_TRUE(is_near(Tensor::from(layer.bin_boundaries()), Tensor::from(expected), 1e-6));
}

// The numbers of Keras 3.15.
TEST(Discretization, AdaptFindsKerasQuantiles) {
  expect_boundaries({.num_bins = 4}, {sample(0, 303)},
                    {0.031251925975084305, 3.187502384185791, 6.343751430511475});
  expect_boundaries({.num_bins = 5}, {sample(0, 100), sample(100, 110), sample(110, 303)},
                    {-0.5500074028968811, 2.000000238418579, 4.500000476837158, 7.0});
  expect_boundaries({.num_bins = 6, .epsilon = 0.25}, {sample(0, 303)}, {0.0, 3.125, 6.25});
  expect_boundaries({.num_bins = 10}, {sample(0, 4)}, {-3.0, -1.75, 1.625});
  expect_boundaries({.num_bins = 3, .epsilon = 0.07}, {sample(0, 100), sample(100, 303)},
                    {1.0416663885116577, 5.234131336212158});
  expect_boundaries({.num_bins = 3}, {Tensor{2, 2, 2, 2, 2}}, {2, 2});
}

TEST(Discretization, AdaptedGoesThroughItsConfig) {
  for (const int bins : {1, 3}) {
    const Discretization layer({.num_bins = bins, .name = "d"});
    EXPECT_TRUE(layer.bin_boundaries().empty());
    layer.adapt(sample(0, 303));
    EXPECT_EQ(layer.bin_boundaries().size(), static_cast<std::size_t>(bins - 1));
    const Layer copy = layer_from_config(layer_to_config(layer));
    EXPECT_EQ(layer_to_config(copy), layer_to_config(layer));
    EXPECT_TRUE(identical(Tensor(copy(sample(0, 50))), Tensor(layer(sample(0, 50)))));
    // adapt() forgets what came before.
    layer.adapt(sample(0, 30));
    layer.adapt(sample(0, 303));
    EXPECT_EQ(layer_to_config(copy), layer_to_config(layer));
  }
}

// Keras' constructor has no such argument.
TEST(Discretization, WritesNoTrainable) {
  EXPECT_FALSE(Discretization({.num_bins = 2}).get_config().contains("trainable"));
}

TEST(Discretization, CanBePutInAModelBeforeAdapt) {
  const Discretization layer({.num_bins = 3, .output_mode = "one_hot"});
  EXPECT_EQ(layer(Input({1})).shape(), (Shape{None, 3}));
}

TEST(Discretization, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Discretization({.name = "d"}); }),
            "d (Discretization): expected bin_boundaries or num_bins, got neither; give num_bins "
            "and call adapt(), or the boundaries");
  EXPECT_EQ(message_of<ValueError>([] { Discretization({.bin_boundaries = {1}, .num_bins = 2}); }),
            "Discretization: expected bin_boundaries or num_bins, got both; give num_bins and call "
            "adapt(), or the boundaries");
  EXPECT_EQ(message_of<ValueError>([] {
              Discretization({.bin_boundaries = {1, 3, 2}});
            }),
            "Discretization: expected increasing bin_boundaries, got 3.0 before 2.0; sort them");
  EXPECT_EQ(message_of<ValueError>([] { Discretization({.bin_boundaries = 1}); }),
            "Discretization: expected bin_boundaries as a list of numbers, got shape ()");
  EXPECT_EQ(message_of<ValueError>([] { Discretization({.num_bins = 0}); }),
            "Discretization: expected num_bins of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { Discretization({.num_bins = 2, .epsilon = 0}); }),
            "Discretization: expected epsilon in (0, 1], got 0.0");
  EXPECT_EQ(message_of<ValueError>([] { Discretization({.num_bins = 2, .sparse = true}); }),
            "Discretization: expected sparse = false, got true; there are no sparse tensors");
  EXPECT_EQ(message_of<StateError>(
                [] { Tensor y = Discretization({.num_bins = 2, .name = "d"})(Tensor{1}); }),
            "d (Discretization): expected bin_boundaries, got none yet; call adapt() with the "
            "training data, or give bin_boundaries");
  EXPECT_EQ(message_of<StateError>(
                [] { Discretization({.bin_boundaries = {1}, .name = "d"}).adapt(Tensor{1}); }),
            "d (Discretization): has the bin_boundaries it was given; give num_bins instead to "
            "call adapt()");
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(
      message_of<ValueError>([&] {
        Discretization({.num_bins = 2, .name = "d"}).adapt(Tensor{{1, 2}, {3, nan}});
      }),
      "d (Discretization): expected finite numbers, got nan at element 3 of (2, 2); leave the "
      "row out or fill the value in");
  EXPECT_EQ(message_of<ValueError>(
                [] { Discretization({.num_bins = 2, .name = "d"}).adapt(std::vector<Tensor>{}); }),
            "d (Discretization): expected data to adapt to, got none");
}

}  // namespace
}  // namespace antler
