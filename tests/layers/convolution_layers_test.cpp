#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "antler/layers/conv_transpose.h"
#include "antler/layers/convolution.h"
#include "antler/layers/depthwise_conv.h"
#include "antler/layers/input.h"
#include "antler/layers/separable_conv.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::message_of;

TEST(Convolution, Values) {
  const Conv1D layer(1, 2, {.name = "c"});
  layer(Tensor::zeros({1, 4, 1}));
  layer.set_weights({Tensor::from<float>({1, -1}, {2, 1, 1}), Tensor{0.5}});
  check_layer(layer, {Tensor::from<float>({1, 4, 9, 16}, {1, 4, 1})},
              {.expected = Tensor::from<float>({-2.5, -4.5, -6.5}, {1, 3, 1})});
}

TEST(Convolution, EveryRankAndOption) {
  check_layer(Conv1D(4, 3,
                     {.strides = 1,
                      .padding = "causal",
                      .dilation_rate = 2,
                      .groups = 2,
                      .activation = "tanh",
                      .kernel_initializer = "he_normal",
                      .bias_initializer = "ones",
                      .kernel_regularizer = "l2",
                      .bias_regularizer = "l1",
                      .activity_regularizer = "l2",
                      .kernel_constraint = "non_neg",
                      .bias_constraint = "non_neg",
                      .name = "all"}),
              {distinct({2, 5, 2})});
  check_layer(Conv2D(3, {2, 3}, {.strides = {2, 1}, .padding = "SAME", .name = "b"}),
              {distinct({2, 3, 4, 2})});
  check_layer(Conv2D(3, 2, {.data_format = "channels_first", .use_bias = false, .name = "c"}),
              {distinct({2, 2, 3, 4})});
  check_layer(Conv3D(2, {1, 2, 2}, {.name = "d"}), {distinct({1, 2, 3, 3, 2})});
}

TEST(Convolution, ShapesFollowFromUnknownSizes) {
  const Conv2D same(5, 3, {.strides = 2, .padding = "same", .name = "c"});
  EXPECT_EQ(same(Value(Input({None, 7, 2}))).shape(), (Shape{None, None, 4, 5}));
  EXPECT_EQ(Conv2D(5, 3)(Value(Input({28, 28, 1}))).shape(), (Shape{None, 26, 26, 5}));
}

TEST(Convolution, WeightsHaveKerasShapes) {
  const Conv2D layer(6, {3, 2}, {.groups = 2, .name = "c"});
  layer(Value(Input({5, 5, 4})));
  ASSERT_EQ(layer.weights().size(), 2U);
  EXPECT_EQ(layer.weights()[0].path(), "c/kernel");
  EXPECT_EQ(layer.weights()[0].shape(), (Shape{3, 2, 2, 6}));
  EXPECT_EQ(layer.weights()[1].shape(), (Shape{6}));
}

TEST(Convolution, ConfigWritesTuplesOut) {
  const Config config = Conv2D(6, 3, {.strides = 2, .name = "c"}).get_config();
  EXPECT_EQ(config.find("kernel_size")->to_string(), "[3, 3]");
  EXPECT_EQ(config.find("strides")->to_string(), "[2, 2]");
  EXPECT_EQ(config.find("data_format")->as_string(), "channels_last");
  EXPECT_EQ(Conv1D(6, 3).get_config().find("kernel_size")->to_string(), "[3]");
}

TEST(Convolution, ArgumentErrors) {
  EXPECT_EQ(message_of<ValueError>([] { Conv2D(0, 3); }),
            "Conv2D: expected filters of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] {
              Conv2D(1, {3, 2, 1}, {.name = "c"});
            }),
            "c (Conv2D): expected kernel_size to be an integer of at least 1 or 2 of them, got "
            "[3, 2, 1]");
  EXPECT_EQ(message_of<ValueError>([] { Conv3D(1, 3, {.strides = 0}); }),
            "Conv3D: expected strides to be an integer of at least 1 or 3 of them, got 0");
  EXPECT_EQ(message_of<ValueError>([] { Conv1D(1, 3, {.dilation_rate = -2}); }),
            "Conv1D: expected dilation_rate to be an integer of at least 1, got -2");
  EXPECT_EQ(message_of<ValueError>([] { Conv2D(1, 3, {.strides = 2, .dilation_rate = 2}); }),
            "Conv2D: expected strides of 1 or a dilation_rate of 1, got strides [2, 2] and "
            "dilation_rate [2, 2]");
  EXPECT_EQ(message_of<ValueError>([] { Conv2D(1, 3, {.padding = "causal"}); }),
            "Conv2D: unknown padding \"causal\"; known are valid, same");
  EXPECT_EQ(message_of<ValueError>([] { Conv1D(1, 3, {.padding = "casual"}); }),
            "Conv1D: unknown padding \"casual\"; did you mean \"causal\"?");
  EXPECT_EQ(message_of<ValueError>([] { Conv1D(1, 3, {.data_format = "first"}); }),
            "Conv1D: unknown data_format \"first\"; known are channels_last, channels_first");
  EXPECT_EQ(message_of<ValueError>([] { Conv2D(3, 3, {.groups = 2}); }),
            "Conv2D: expected filters that groups divide, got 3 filters and 2 groups");
  EXPECT_EQ(message_of<ValueError>([] { Conv2D(3, 3, {.groups = 0}); }),
            "Conv2D: expected groups of at least 1, got 0");
}

TEST(Convolution, ShapeErrors) {
  EXPECT_EQ(message_of<ShapeError>([] {
              Conv2D(1, 3, {.name = "c"})(Tensor::zeros({2, 28, 28}));
            }),
            "c (Conv2D): expected 4 dimensions (batch, 2 spatial, channels), got (2, 28, 28); add "
            "a channels axis, for example with Reshape");
  EXPECT_EQ(message_of<ShapeError>([] {
              Conv1D(1, 3, {.data_format = "channels_first", .name = "c"})(Tensor::zeros({2}));
            }),
            "c (Conv1D): expected 3 dimensions (batch, channels, 1 spatial), got (2,)");
  EXPECT_EQ(message_of<ShapeError>([] {
              Conv1D(1, 3, {.name = "c"})(Value(Input({8, None})));
            }),
            "c (Conv1D): expected a known number of channels, got (None, 8, None); give Input() "
            "its size");
  EXPECT_EQ(message_of<ValueError>([] {
              Conv1D(4, 3, {.groups = 2, .name = "c"})(Tensor::zeros({2, 8, 3}));
            }),
            "c (Conv1D): expected channels that groups divide, got 3 channels in (2, 8, 3) and 2 "
            "groups");
  EXPECT_EQ(message_of<ShapeError>([] {
              Conv1D(4, 5, {.name = "c"})(Tensor::zeros({2, 4, 3}));
            }),
            "c (Conv1D): convolution: expected at least 5 elements along axis 1 for a window that "
            "spans 5, got (2, 4, 3); use padding \"same\" or a smaller window");
  const Conv1D built(4, 3, {.name = "c"});
  built(Tensor::zeros({2, 8, 3}));
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor::zeros({2, 8, 2}));
            }),
            "c (Conv1D): expected 3 channels, got 2 in (2, 8, 2); the layer was built for another "
            "input");
}

TEST(ConvTranspose, Values) {
  const Conv1DTranspose layer(1, 2, {.strides = 2, .name = "c"});
  layer(Tensor::zeros({1, 2, 1}));
  layer.set_weights({Tensor::from<float>({1, -1}, {2, 1, 1}), Tensor{0.5}});
  check_layer(layer, {Tensor::from<float>({3, 7}, {1, 2, 1})},
              {.expected = Tensor::from<float>({3.5, -2.5, 7.5, -6.5}, {1, 4, 1})});
}

TEST(ConvTranspose, EveryRankAndOption) {
  check_layer(Conv1DTranspose(2, 3,
                              {.strides = 2,
                               .padding = "same",
                               .output_padding = 1,
                               .data_format = "channels_first",
                               .activation = "tanh",
                               .kernel_regularizer = "l2",
                               .bias_regularizer = "l1",
                               .activity_regularizer = "l2",
                               .kernel_constraint = "non_neg",
                               .bias_constraint = "non_neg",
                               .name = "a"}),
              {distinct({2, 3, 4})});
  check_layer(Conv2DTranspose(2, {2, 3}, {.dilation_rate = 2, .use_bias = false, .name = "b"}),
              {distinct({2, 2, 3, 2})});
  check_layer(Conv3DTranspose(2, 2, {.strides = {1, 2, 1}, .name = "c"}),
              {distinct({1, 2, 1, 2, 2})});
  const Conv2DTranspose built(5, 3, {.name = "c"});
  built(Value(Input({4, 4, 2})));
  EXPECT_EQ(built.weights()[0].shape(), (Shape{3, 3, 5, 2}));
  EXPECT_TRUE(built.get_config().find("output_padding")->is_null());
}

TEST(ConvTranspose, Errors) {
  EXPECT_EQ(message_of<ValueError>([] {
              Conv2DTranspose(2, 3, {.strides = 2, .output_padding = {1, 2}});
            }),
            "Conv2DTranspose: expected output_padding below strides, got 2 with strides of 2");
  EXPECT_EQ(message_of<ValueError>([] { Conv1DTranspose(2, 3, {.padding = "causal"}); }),
            "Conv1DTranspose: unknown padding \"causal\"; known are valid, same");
  EXPECT_EQ(message_of<ValueError>([] { Conv1DTranspose(0, 3); }),
            "Conv1DTranspose: expected filters of at least 1, got 0");
  EXPECT_EQ(
      message_of<ValueError>([] { Conv3DTranspose(2, 3, {.strides = 2, .dilation_rate = 2}); }),
      "Conv3DTranspose: expected strides of 1 or a dilation_rate of 1, got strides [2, 2, 2] "
      "and dilation_rate [2, 2, 2]");
}

TEST(DepthwiseConv, EveryRankAndOption) {
  check_layer(DepthwiseConv1D(2, {.strides = 2,
                                  .padding = "same",
                                  .depth_multiplier = 3,
                                  .data_format = "channels_first",
                                  .activation = "tanh",
                                  .depthwise_regularizer = "l2",
                                  .bias_regularizer = "l1",
                                  .activity_regularizer = "l2",
                                  .depthwise_constraint = "non_neg",
                                  .bias_constraint = "non_neg",
                                  .name = "a"}),
              {distinct({2, 2, 5})});
  check_layer(DepthwiseConv2D({2, 1}, {.dilation_rate = 2, .use_bias = false, .name = "b"}),
              {distinct({2, 4, 3, 2})});
  const DepthwiseConv2D built(3, {.depth_multiplier = 5, .name = "c"});
  built(Value(Input({4, 4, 2})));
  EXPECT_EQ(built.weights()[0].path(), "c/kernel");
  EXPECT_EQ(built.weights()[0].shape(), (Shape{3, 3, 2, 5}));
  EXPECT_EQ(built.weights()[1].shape(), (Shape{10}));
}

TEST(SeparableConv, EveryRankAndOption) {
  check_layer(SeparableConv1D(3, 2,
                              {.strides = 2,
                               .padding = "same",
                               .data_format = "channels_first",
                               .depth_multiplier = 2,
                               .activation = "tanh",
                               .depthwise_regularizer = "l2",
                               .pointwise_regularizer = "l2",
                               .bias_regularizer = "l1",
                               .activity_regularizer = "l2",
                               .depthwise_constraint = "non_neg",
                               .pointwise_constraint = "non_neg",
                               .bias_constraint = "non_neg",
                               .name = "a"}),
              {distinct({2, 2, 5})});
  check_layer(SeparableConv2D(3, 2, {.dilation_rate = 2, .use_bias = false, .name = "b"}),
              {distinct({2, 4, 3, 2})});
  const SeparableConv2D built(3, 2, {.depth_multiplier = 4, .name = "c"});
  built(Value(Input({4, 4, 2})));
  ASSERT_EQ(built.weights().size(), 3U);
  EXPECT_EQ(built.weights()[0].path(), "c/depthwise_kernel");
  EXPECT_EQ(built.weights()[0].shape(), (Shape{2, 2, 2, 4}));
  EXPECT_EQ(built.weights()[1].path(), "c/pointwise_kernel");
  EXPECT_EQ(built.weights()[1].shape(), (Shape{1, 1, 8, 3}));
}

TEST(DepthwiseConv, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { DepthwiseConv2D(3, {.depth_multiplier = 0}); }),
            "DepthwiseConv2D: expected depth_multiplier of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { SeparableConv2D(3, 3, {.depth_multiplier = 0}); }),
            "SeparableConv2D: expected depth_multiplier of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { SeparableConv1D(0, 3); }),
            "SeparableConv1D: expected filters of at least 1, got 0");
  EXPECT_EQ(message_of<ShapeError>([] {
              DepthwiseConv1D(5, {.name = "d"})(Tensor::zeros({2, 4, 3}));
            }),
            "d (DepthwiseConv1D): convolution: expected at least 5 elements along axis 1 for a "
            "window that spans 5, got (2, 4, 3); use padding \"same\" or a smaller window");
}

}  // namespace
}  // namespace antler
