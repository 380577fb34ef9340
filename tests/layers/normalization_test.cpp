#include "antler/layers/normalization.h"

#include <limits>

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;

const Tensor kData{{0, 7, 4}, {2, 9, 6}, {0, 7, 4}, {2, 9, 6}};

TEST(Normalization, GivenMeanAndVariance) {
  check_layer(Normalization({.mean = {1, 2}, .variance = {4, 0.25}, .name = "n"}),
              {Tensor{{3, 2}, {1, 1}}},
              {.expected = Tensor{{1, 0}, {0, -2}}, .supports_masking = true});
  check_layer(Normalization({.mean = {1, 2}, .variance = {4, 0.25}, .invert = true, .name = "n"}),
              {Tensor{{1, 0}, {0, -2}}},
              {.expected = Tensor{{3, 2}, {1, 1}}, .supports_masking = true});
  check_layer(Normalization({.axis = {}, .mean = 3, .variance = 4, .name = "n"}),
              {distinct({2, 3, 2})}, {.supports_masking = true});
  check_layer(Normalization({.axis = 1, .mean = {1, 2, 3}, .variance = {1, 2, 3}, .name = "n"}),
              {distinct({2, 3, 2})}, {.supports_masking = true});
  // Two axes; a mean with fewer dimensions stands along the last of them.
  check_layer(Normalization({.axis = {1, 2}, .mean = {1, 2}, .variance = {1, 4}, .name = "n"}),
              {Tensor{{{1, 2}, {2, 4}}}},
              {.expected = Tensor{{{0, 0}, {1, 1}}}, .supports_masking = true});
  EXPECT_TRUE(Normalization({.mean = {1, 2}, .variance = {1, 1}}).weights().empty());
}

TEST(Normalization, Adapt) {
  const Normalization layer({.name = "n"});
  layer.adapt(kData);
  ASSERT_EQ(layer.weights().size(), 3U);
  EXPECT_TRUE(layer.trainable_weights().empty());
  const char* names[] = {"n/mean", "n/variance", "n/count"};
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(layer.weights()[i].path(), names[i]);
  EXPECT_TRUE(is_near(layer.get_weights()[0], Tensor{1, 8, 5}));
  EXPECT_TRUE(is_near(layer.get_weights()[1], Tensor{1, 1, 1}));
  EXPECT_TRUE(identical(layer.get_weights()[2], Tensor(0)));
  check_layer(layer, {Tensor{{1, 2, 3}}},
              {.expected = Tensor{{0, -6, -2}}, .supports_masking = true});
}

TEST(Normalization, AdaptOfBatchesIsAdaptOfAll) {
  const Tensor x = testing::normal({50, 4, 3});
  for (const AxesArg& axis : {AxesArg(-1), AxesArg(1), AxesArg({1, 2}), AxesArg()}) {
    const Normalization whole({.axis = axis}), parts({.axis = axis});
    whole.adapt(x);
    parts.adapt(std::vector<Tensor>{x.slice(0, 7), x.slice(7, 8), x.slice(8, 50)});
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_TRUE(is_near(parts.get_weights()[i], whole.get_weights()[i], 1e-7));
    }
  }
}

// In float32 the sum of squares would have lost all digits.
TEST(Normalization, AdaptIsInDoublePrecision) {
  std::vector<float> far;
  for (int i = 0; i < 20000; ++i) far.push_back(1e6F + static_cast<float>(i % 2));
  const Normalization layer;
  layer.adapt(Tensor::from(far, {20000, 1}));
  EXPECT_TRUE(is_near(layer.get_weights()[0], Tensor{1e6 + 0.5}, 1e-9));
  EXPECT_TRUE(is_near(layer.get_weights()[1], Tensor{0.25}, 1e-6));
}

TEST(Normalization, AdaptTakesIntegersAndSeveralTimes) {
  const Normalization layer;
  layer.adapt(Tensor{{100, 100, 100}});
  layer.adapt(kData.astype(DType::uint8));
  EXPECT_TRUE(is_near(layer.get_weights()[0], Tensor{1, 8, 5}));
}

TEST(Normalization, ConstantFeaturesStayFinite) {
  const Normalization layer;
  layer.adapt(Tensor{{5}, {5}});
  EXPECT_TRUE(is_near(Tensor(layer(Tensor{{5}})), Tensor{{0}}));
}

// A model may be put together before the data are seen, or the weights loaded.
TEST(Normalization, IsBuiltBeforeItIsAdapted) {
  const Normalization layer({.name = "n"});
  const Value y = layer(Value(Input({3})));
  EXPECT_EQ(y.shape(), (Shape{None, 3}));
  const char* text =
      "n (Normalization): expected mean and variance, got none yet; call adapt() with the training "
      "data, or load the weights";
  EXPECT_EQ(message_of<StateError>([&] { layer(Tensor{{1, 2, 3}}); }), text);
  layer.set_weights({Tensor{1, 2, 3}, Tensor{1, 1, 1}, Tensor(0)});
  EXPECT_TRUE(is_near(Tensor(layer(Tensor{{1, 2, 3}})), Tensor{{0, 0, 0}}));
  const Normalization fresh({.name = "n"});
  EXPECT_EQ(message_of<StateError>([&] { fresh(Tensor{{1, 2, 3}}); }), text);
  // What was adapted to data of mean 0 and variance 1 computes, too.
  fresh.adapt(Tensor{{-1, -1, -1}, {1, 1, 1}});
  EXPECT_TRUE(is_near(Tensor(fresh(Tensor{{1, 2, 3}})), Tensor{{1, 2, 3}}));
}

TEST(Normalization, ConfigHasAListOfAxes) {
  EXPECT_EQ(Normalization().get_config().at("axis").to_string(), "[-1]");
  EXPECT_EQ(Normalization({.axis = {}}).get_config().at("axis").to_string(), "[]");
  EXPECT_TRUE(Normalization().get_config().at("mean").is_null());
}

TEST(Normalization, Errors) {
  const auto value_error = [](const NormalizationOptions& options) {
    return message_of<ValueError>([&] { Normalization layer(options); });
  };
  EXPECT_EQ(value_error({.mean = 1, .name = "n"}),
            "n (Normalization): expected mean and variance, got mean alone; give both, or neither "
            "and call adapt()");
  EXPECT_EQ(value_error({.mean = {1, 2}, .variance = 1}),
            "Normalization: expected mean and variance of one shape, got (2,) and ()");
  EXPECT_EQ(value_error({.axis = {}, .mean = {1, 2}, .variance = {1, 2}}),
            "Normalization: expected a mean with at most as many dimensions as axis has entries, "
            "got (2,) for axis []");
  EXPECT_EQ(message_of<ShapeError>([] { Normalization({.axis = 2})(Value(Input({3}))); }),
            "normalization (Normalization): expected axis in [-2, 2) for an input of 2 dimensions, "
            "got 2");
  EXPECT_EQ(message_of<ShapeError>([] { Normalization()(Value(Input({None}))); }),
            "normalization (Normalization): expected a known size along axis 1, got (None, None); "
            "give Input() its size");
  const Normalization given({.mean = {1, 2}, .variance = {1, 1}, .name = "n"});
  EXPECT_EQ(
      message_of<ShapeError>([&] { given(Value(Input({3}))); }),
      "n (Normalization): expected an input with 2 features along axis 1, as mean has, got 3");
  EXPECT_EQ(message_of<StateError>([&] { given.adapt(kData); }),
            "n (Normalization): has the mean and variance it was given; leave them out to call "
            "adapt()");
}

TEST(Normalization, ErrorsOfAdapt) {
  const Normalization layer({.name = "n"});
  layer.adapt(kData);
  EXPECT_EQ(message_of<ShapeError>([&] {
              layer.adapt(Tensor{{1, 2}});
            }),
            "n (Normalization): expected an input like the (None, 3) it was built for, got (1, 2)");
  EXPECT_EQ(message_of<ValueError>([&] {
              layer.adapt(Tensor{{1, 2, 3}, {4, std::numeric_limits<float>::quiet_NaN(), 6}});
            }),
            "n (Normalization): expected finite numbers, got nan at (1, 1) of (2, 3); leave the "
            "row out or fill the value in");
  EXPECT_EQ(message_of<ValueError>([&] {
              layer.adapt(Tensor(DType::float32, {0, 3}));
            }),
            "n (Normalization): expected data, got (0, 3)");
  EXPECT_EQ(message_of<ValueError>([&] { layer.adapt(std::vector<Tensor>{}); }),
            "n (Normalization): expected data to adapt to, got none");
  // A failed adapt() leaves the weights.
  EXPECT_TRUE(is_near(layer.get_weights()[0], Tensor{1, 8, 5}));
}

}  // namespace
}  // namespace antler
