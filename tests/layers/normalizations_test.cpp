// BatchNormalization, LayerNormalization and its like, SpectralNormalization.
#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/activation.h"
#include "antler/layers/batch_normalization.h"
#include "antler/layers/dense.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_normalization.h"
#include "antler/layers/spectral_normalization.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::is_near;
using testing::message_of;
using testing::values;

const CallOptions kTraining = {.training = true};

TEST(BatchNormalization, UsesMovingAveragesOutsideTraining) {
  const double d = std::sqrt(1 + 0.001);
  check_layer(BatchNormalization({.name = "b"}), {Tensor{{1, -2}, {3, 4}}},
              {.expected = Tensor{{1 / d, -2 / d}, {3 / d, 4 / d}}, .supports_masking = true});
  check_layer(BatchNormalization({.axis = 1, .renorm = true, .name = "b"}), {distinct({2, 3, 4})},
              {.supports_masking = true});
}

TEST(BatchNormalization, TrainsOnTheBatch) {
  const BatchNormalization layer({.momentum = 0.5, .epsilon = 0});
  CallContext context(kTraining);
  const Value y = layer(Tensor{{1, 10}, {3, 30}}, context);
  EXPECT_TRUE(is_near(Tensor(y), Tensor{{-1, -1}, {1, 1}}));
  const std::vector<Variable> weights = layer.weights();
  EXPECT_TRUE(is_near(Tensor(context.value(weights[2])), Tensor{1, 10}));
  EXPECT_TRUE(is_near(Tensor(context.value(weights[3])), Tensor{1.0, 50.5}));
}

TEST(BatchNormalization, CalledTwiceMovesTwice) {
  const BatchNormalization layer({.momentum = 0.5});
  CallContext context(kTraining);
  layer(values({4, 4}, {2, 1}, DType::float32), context);
  layer(values({8, 8}, {2, 1}, DType::float32), context);
  EXPECT_TRUE(is_near(Tensor(context.value(layer.weights()[2])), values({5})));
}

TEST(BatchNormalization, FrozenOnesInfer) {
  const BatchNormalization layer;
  const Tensor x{{1, 2}, {3, 5}};
  layer(x);
  layer.set_trainable(false);
  CallContext context(kTraining);
  EXPECT_TRUE(identical(Tensor(layer(x, context)), Tensor(layer(x))));
  EXPECT_TRUE(is_near(Tensor(context.value(layer.weights()[2])), Tensor{0, 0}));
}

TEST(BatchNormalization, SkipsWhatTheMaskLeavesOut) {
  const BatchNormalization layer({.momentum = 0});
  const Value x = values({1, 100, 3, -100}, {2, 2, 1}, DType::float32);
  CallContext context(kTraining);
  context.set_mask(x, Tensor{{1, 0}, {1, 0}}.astype(DType::boolean));
  layer(x, context);
  EXPECT_TRUE(is_near(Tensor(context.value(layer.weights()[2])), values({2})));
  EXPECT_TRUE(is_near(Tensor(context.value(layer.weights()[3])), values({1})));
}

TEST(BatchNormalization, Errors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              BatchNormalization({.axis = 1})(Value(Input({None, 3})));
            }),
            "batch_normalization (BatchNormalization): expected a known size along axis 1, got "
            "(None, None, 3); give Input() its size");
  EXPECT_EQ(message_of<ValueError>([] {
              BatchNormalization({.renorm_clipping = {.rmax = 1, .rmin = 2}, .name = "b"});
            }),
            "b (BatchNormalization): expected rmax of at least rmin in renorm_clipping, got "
            "{\"rmax\": 1.0, \"rmin\": 2.0}");
  EXPECT_EQ(message_of<ValueError>([] { BatchNormalization({.renorm_clipping = {.dmax = -1}}); }),
            "BatchNormalization: expected dmax of at least 0 in renorm_clipping, got {\"dmax\": "
            "-1.0}");
  const BatchNormalization built({.name = "b"});
  built(Tensor{{1, 2}});
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor{{1, 2, 3}});
            }),
            "b (BatchNormalization): expected 2 dimensions with 2 along axis 1, got (1, 3); the "
            "layer was built for another input");
  CallContext context(kTraining);
  const Value x = Tensor{{1, 2}};
  context.set_mask(x, Tensor{{1, 1}}.astype(DType::boolean));
  EXPECT_EQ(message_of<ShapeError>([&] { built(x, context); }),
            "b (BatchNormalization): expected a mask with one dimension less than the input (1, "
            "2), got (1, 2)");
}

TEST(LayerNormalization, Values) {
  check_layer(LayerNormalization({.epsilon = 0, .name = "l"}), {Tensor{{1, 3}, {10, 30}}},
              {.expected = Tensor{{-1, 1}, {-1, 1}}, .supports_masking = true});
  check_layer(LayerNormalization({.axis = {1, 2}, .name = "l"}), {distinct({2, 3, 4})},
              {.supports_masking = true});
  check_layer(LayerNormalization({.axis = 1, .center = false, .name = "l"}), {distinct({2, 3, 4})},
              {.supports_masking = true});
}

TEST(LayerNormalization, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { LayerNormalization({.axis = {}, .name = "l"}); }),
            "l (LayerNormalization): expected at least one axis, got none");
  EXPECT_EQ(message_of<ShapeError>([] {
              LayerNormalization({.axis = 2})(Tensor{{1, 2}});
            }),
            "layer_normalization (LayerNormalization): expected axis in [-2, 2) for an input of 2 "
            "dimensions, got 2");
  EXPECT_EQ(message_of<ShapeError>([] { LayerNormalization()(Value(Input({None}))); }),
            "layer_normalization (LayerNormalization): expected a known size along axis -1, got "
            "(None, None); give Input() its size");
  const LayerNormalization built({.name = "l"});
  built(Tensor{{1, 2}});
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor{{1, 2, 3}});
            }),
            "l (LayerNormalization): expected an input like the (1, 2) it was built for, got (1, "
            "3)");
}

TEST(GroupNormalization, Values) {
  check_layer(GroupNormalization({.groups = 2, .epsilon = 0, .name = "g"}),
              {Tensor{{1, 3, 10, 30}}},
              {.expected = Tensor{{-1, 1, -1, 1}}, .supports_masking = true});
  check_layer(GroupNormalization({.groups = -1, .axis = 1, .name = "g"}), {distinct({2, 3, 4})},
              {.supports_masking = true});
}

TEST(GroupNormalization, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { GroupNormalization({.groups = 0, .name = "g"}); }),
            "g (GroupNormalization): expected groups of at least 1, or -1 for one a channel, got "
            "0");
  EXPECT_EQ(message_of<ShapeError>([] {
              GroupNormalization()(Tensor::zeros({2, 3}));
            }),
            "group_normalization (GroupNormalization): expected channels that 32 groups divide, "
            "got 3 along axis 1 of (2, 3)");
}

TEST(RMSNormalization, Values) {
  check_layer(RMSNormalization({.epsilon = 0, .name = "r"}), {Tensor{{3, 4}}},
              {.expected = Tensor{{3 / std::sqrt(12.5), 4 / std::sqrt(12.5)}}});
}

TEST(UnitNormalization, Values) {
  check_layer(UnitNormalization({.name = "u"}), {Tensor{{3, -4}}},
              {.expected = Tensor{{0.6, -0.8}}, .supports_masking = true});
  check_layer(UnitNormalization({.axis = {1, 2}, .name = "u"}), {distinct({2, 3, 4})},
              {.supports_masking = true});
}

TEST(SpectralNormalization, DividesByTheLargestSingularValue) {
  const SpectralNormalization layer(Dense(2, {.use_bias = false}),
                                    {.power_iterations = 30, .name = "s"});
  const Tensor x{{1, 0}, {0, 1}};
  layer(x);
  layer.set_weights({Tensor{{3, 0}, {0, 1}}, Tensor{{1, 1}}});
  CallContext context(kTraining);
  EXPECT_TRUE(is_near(Tensor(layer(x, context)), Tensor{{1.0, 0.0}, {0.0, 1.0 / 3}}, 1e-5));
  EXPECT_TRUE(is_near(Tensor(layer(x)), Tensor{{3, 0}, {0, 1}}));
  EXPECT_EQ(layer.weights().size(), 2U);
  check_layer(SpectralNormalization(Dense(2, {.name = "d"}), {.name = "s"}), {distinct({3, 4})},
              {.has_mask = true});
}

TEST(SpectralNormalization, HandsOnTheMaskInTraining) {
  const Value x = Tensor{{1, 2}};
  CallContext context(kTraining);
  context.set_mask(x, Tensor{1}.astype(DType::boolean));
  EXPECT_TRUE(context.mask(SpectralNormalization(Dense(2))(x, context)));
}

TEST(SpectralNormalization, Errors) {
  EXPECT_EQ(message_of<ValueError>(
                [] { SpectralNormalization(Dense(2), {.power_iterations = 0, .name = "s"}); }),
            "s (SpectralNormalization): expected power_iterations of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] {
              SpectralNormalization(Activation("relu"))(Tensor{{1, 2}});
            }),
            "spectral_normalization (SpectralNormalization): expected a layer with a weight "
            "\"kernel\" or \"embeddings\", got activation (Activation)");
}

}  // namespace
}  // namespace antler
