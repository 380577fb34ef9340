#include "antler/layers/dense.h"

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "antler/regularizers/l1_l2.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::check_layer;
using testing::distinct;
using testing::message_of;

TEST(Dense, Values) {
  const Dense layer(2, {.name = "h"});
  layer(Tensor{{1, 2, 3}});
  layer.set_weights({Tensor{{1, 2}, {3, 4}, {5, 6}}, Tensor{0.5, -0.5}});
  check_layer(layer, {Tensor{{1, 2, 3}, {0, 1, -1}}},
              {.expected = Tensor{{22.5, 27.5}, {-1.5, -2.5}}, .supports_masking = true});
}

TEST(Dense, EveryRankAndOption) {
  check_layer(Dense(3, {.activation = "tanh", .use_bias = false, .name = "rank3"}),
              {distinct({2, 3, 4})}, {.supports_masking = true});
  check_layer(Dense(2, {.activation = "softmax",
                        .kernel_initializer = "he_normal",
                        .bias_initializer = "ones",
                        .kernel_regularizer = "l2",
                        .activity_regularizer = "l1",
                        .kernel_constraint = "non_neg",
                        .name = "all",
                        .trainable = false}),
              {distinct({3, 4})}, {.supports_masking = true});
}

TEST(Dense, WeightsHaveKerasNamesAndPaths) {
  const Dense layer(2, {.name = "h"});
  layer(Value(Input({3})));
  ASSERT_EQ(layer.weights().size(), 2U);
  EXPECT_EQ(layer.weights()[0].path(), "h/kernel");
  EXPECT_EQ(layer.weights()[1].path(), "h/bias");
  EXPECT_EQ(layer.count_params(), 8);
  layer.set_trainable(false);
  EXPECT_TRUE(layer.trainable_weights().empty());
  EXPECT_EQ(layer.non_trainable_weights().size(), 2U);
}

TEST(Dense, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Dense(0); }), "Dense: expected units of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { Dense(-3, {.name = "h"}); }),
            "h (Dense): expected units of at least 1, got -3");
  EXPECT_EQ(message_of<ShapeError>([] {
              Dense(1, {.name = "h"})(Tensor{1, 2});
            }),
            "h (Dense): expected at least 2 dimensions (batch and features), got (2,); add a "
            "features axis, for example with Reshape");
  EXPECT_EQ(message_of<ShapeError>([] { Dense(1, {.name = "h"})(Value(Input({None}))); }),
            "h (Dense): expected a known last dimension, got (None, None); give Input() its size");
  const Dense built(1, {.name = "logits"});
  built(Tensor::zeros({2, 12}));
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor::zeros({2, 3, 4}));
            }),
            "logits (Dense): expected last dimension 12, got (2, 3, 4); did you forget Flatten()?");
  EXPECT_EQ(message_of<ShapeError>([&] {
              built(Tensor::zeros({2, 5}));
            }),
            "logits (Dense): expected last dimension 12, got (2, 5); the layer was built for "
            "another input");
  EXPECT_EQ(message_of<ValueError>([] {
              Dense::from_config(Config::map({{"name", "h"}, {"unit", 3}}));
            }),
            "h (Dense): unknown key \"unit\"; did you mean \"units\"?");
  EXPECT_EQ(message_of<ValueError>([] {
              Dense::from_config(Config::map({{"name", "h"}}));
            }),
            "h (Dense): \"units\": expected a value, got none");
}

}  // namespace
}  // namespace antler
