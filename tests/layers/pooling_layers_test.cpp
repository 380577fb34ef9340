#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/adaptive_pooling.h"
#include "antler/layers/global_pooling.h"
#include "antler/layers/input.h"
#include "antler/layers/pooling.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::message_of;

TEST(Pooling, Values) {
  const Tensor x = Tensor::from<float>({1, 5, 2, 8, 4}, {1, 5, 1});
  check_layer(MaxPooling1D({.name = "m"}), {x},
              {.expected = Tensor::from<float>({5, 8}, {1, 2, 1})});
  check_layer(AveragePooling1D(3, {.strides = 2, .padding = "same", .name = "a"}), {x},
              {.expected = Tensor::from<float>({3, 5, 6}, {1, 3, 1})});
}

TEST(Pooling, EveryRankAndOption) {
  check_layer(MaxPooling2D({.pool_size = {3, 2},
                            .strides = {1, 2},
                            .padding = "same",
                            .data_format = "channels_first",
                            .activity_regularizer = "l2",
                            .name = "a"}),
              {distinct({2, 3, 4, 5})});
  check_layer(MaxPooling3D(2, {.name = "b"}), {distinct({1, 2, 3, 4, 2})});
  check_layer(AveragePooling2D({.pool_size = 2, .strides = 1, .name = "c"}),
              {distinct({2, 3, 4, 2})});
  check_layer(AveragePooling3D({2, 1, 2}, {.name = "d"}), {distinct({1, 2, 3, 4, 2})});
}

TEST(Pooling, ConfigWritesTuplesOut) {
  const Config config = MaxPooling2D({3, 2}, {.name = "m"}).get_config();
  EXPECT_EQ(config.find("pool_size")->to_string(), "[3, 2]");
  EXPECT_EQ(config.find("strides")->to_string(), "[3, 2]");
  EXPECT_EQ(MaxPooling3D().get_config().find("pool_size")->to_string(), "[2, 2, 2]");
}

TEST(Pooling, ShapesFollowFromUnknownSizes) {
  EXPECT_EQ(MaxPooling2D()(Value(Input({None, 7, 3}))).shape(), (Shape{None, None, 3, 3}));
}

TEST(Pooling, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { MaxPooling2D(0); }),
            "MaxPooling2D: expected pool_size to be an integer of at least 1 or 2 of them, got 0");
  EXPECT_EQ(message_of<ValueError>([] { AveragePooling1D(PoolingOptions{.name = "a"}); }),
            "a (AveragePooling1D): expected pool_size to be an integer of at least 1, got null");
  EXPECT_EQ(message_of<ValueError>([] { MaxPooling1D(2, {.strides = 0}); }),
            "MaxPooling1D: expected strides to be an integer of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { MaxPooling1D(2, {.padding = "causal"}); }),
            "MaxPooling1D: unknown padding \"causal\"; known are valid, same");
  EXPECT_EQ(message_of<ValueError>([] { MaxPooling1D(2, {.data_format = "chanels_last"}); }),
            "MaxPooling1D: unknown data_format \"chanels_last\"; did you mean \"channels_last\"?");
  EXPECT_EQ(message_of<ShapeError>([] {
              MaxPooling2D({.name = "m"})(Tensor::zeros({2, 4, 4}));
            }),
            "m (MaxPooling2D): expected 4 dimensions (batch, 2 spatial, channels), got (2, 4, 4); "
            "add a channels axis, for example with Reshape");
  EXPECT_EQ(message_of<ShapeError>([] {
              MaxPooling1D(5, {.name = "m"})(Tensor::zeros({2, 4, 1}));
            }),
            "m (MaxPooling1D): max_pool: expected at least 5 elements along axis 1 for a window "
            "that spans 5, got (2, 4, 1); use padding \"same\" or a smaller window");
}

TEST(GlobalPooling, Values) {
  const Tensor x = Tensor::from<float>({1, 10, 3, 20, 8, 60}, {1, 3, 2});
  check_layer(GlobalMaxPooling1D({.name = "m"}), {x}, {.expected = Tensor{{8, 60}}});
  check_layer(GlobalAveragePooling1D({.name = "a"}), {x},
              {.expected = Tensor{{4, 30}}, .supports_masking = true, .has_mask = false});
}

TEST(GlobalPooling, EveryRankAndOption) {
  check_layer(GlobalMaxPooling2D({.data_format = "channels_first", .name = "a"}),
              {distinct({2, 3, 2, 4})});
  check_layer(GlobalAveragePooling2D({.keepdims = true, .name = "b"}), {distinct({2, 3, 2, 4})});
  check_layer(GlobalMaxPooling3D({.keepdims = true, .activity_regularizer = "l2", .name = "c"}),
              {distinct({2, 1, 3, 2, 2})});
  check_layer(GlobalAveragePooling3D({.data_format = "channels_first", .name = "d"}),
              {distinct({2, 1, 3, 2, 2})});
}

TEST(GlobalPooling, AverageHonoursAMask) {
  const Value x = Tensor::from<float>({1, 10, 3, 20, 8, 60}, {1, 3, 2});
  CallContext context;
  context.set_mask(x, Tensor::from<bool>({true, true, false}, {1, 3}));
  const Value y = GlobalAveragePooling1D()(x, context);
  EXPECT_FALSE(context.mask(y));
  EXPECT_EQ(Tensor(y).data<float>()[0], 2);
  EXPECT_EQ(Tensor(y).data<float>()[1], 15);
}

TEST(AdaptivePooling, Values) {
  const Tensor x = Tensor::from<float>({1, 5, 2, 8, 4}, {1, 5, 1});
  check_layer(AdaptiveMaxPooling1D(3, {.name = "m"}), {x},
              {.expected = Tensor::from<float>({5, 8, 8}, {1, 3, 1})});
  check_layer(AdaptiveAveragePooling1D(2, {.name = "a"}), {x},
              {.expected = Tensor::from<float>({8.0F / 3, 14.0F / 3}, {1, 2, 1})});
}

TEST(AdaptivePooling, EveryRank) {
  check_layer(AdaptiveMaxPooling2D({2, 3}, {.data_format = "channels_first", .name = "a"}),
              {distinct({2, 2, 3, 4})});
  check_layer(AdaptiveAveragePooling2D(2, {.activity_regularizer = "l2", .name = "b"}),
              {distinct({2, 3, 4, 2})});
  check_layer(AdaptiveMaxPooling3D(2, {.name = "c"}), {distinct({1, 2, 3, 4, 2})});
  check_layer(AdaptiveAveragePooling3D({1, 2, 2}, {.name = "d"}), {distinct({1, 2, 3, 4, 2})});
}

TEST(AdaptivePooling, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { AdaptiveMaxPooling2D(0); }),
            "AdaptiveMaxPooling2D: expected output_size to be an integer of at least 1 or 2 of "
            "them, got 0");
  EXPECT_EQ(message_of<ValueError>([] {
              AdaptiveMaxPooling2D({1, 2, 3}, {.name = "a"});
            }),
            "a (AdaptiveMaxPooling2D): expected output_size to be an integer of at least 1 or 2 of "
            "them, got [1, 2, 3]");
  EXPECT_EQ(message_of<ShapeError>([] {
              AdaptiveAveragePooling1D(2, {.name = "a"})(Tensor::zeros({2, 4}));
            }),
            "a (AdaptiveAveragePooling1D): expected 3 dimensions (batch, 1 spatial, channels), got "
            "(2, 4); add a channels axis, for example with Reshape");
  EXPECT_EQ(message_of<ShapeError>([] { GlobalMaxPooling1D({.name = "g"})(Tensor::zeros({2})); }),
            "g (GlobalMaxPooling1D): expected 3 dimensions (batch, 1 spatial, channels), got (2,)");
}

}  // namespace
}  // namespace antler
