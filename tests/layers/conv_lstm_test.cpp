#include "antler/layers/conv_lstm.h"

#include "antler/core/error.h"
#include "antler/layers/layer_registry.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::message_of;

Tensor small(const Shape& shape) { return testing::normal(shape, 5).astype(DType::float32); }

void expect_copy(const Layer& layer, const Tensor& x, const Shape& shape) {
  const Tensor y = layer(x);
  EXPECT_EQ(y.shape(), shape);
  const Config config = layer_to_config(layer);
  const Layer copy = layer_from_config(config);
  EXPECT_EQ(layer_to_config(copy), config);
  copy.set_weights(layer.get_weights());
  EXPECT_TRUE(identical(Tensor(copy(x)), y));
}

TEST(ConvLSTM, GoesThroughItsConfig) {
  expect_copy(ConvLSTM1D(2, 2, {.return_sequences = true, .name = "a"}), small({2, 3, 4, 2}),
              {2, 3, 3, 2});
  expect_copy(ConvLSTM2D(1, {2, 1}, {.strides = {1, 2}, .padding = "same", .name = "b"}),
              small({1, 2, 3, 4, 2}), {1, 3, 2, 1});
  expect_copy(ConvLSTM3D(1, 2, {.go_backwards = true, .name = "c"}), small({1, 2, 3, 2, 2, 1}),
              {1, 2, 1, 1, 1});
}

TEST(ConvLSTM, KernelsAreThoseOfFourGates) {
  const ConvLSTM2D layer(3, {2, 1}, {.name = "c"});
  layer(small({1, 2, 4, 4, 2}));
  const std::vector<Variable> weights = layer.weights();
  ASSERT_EQ(weights.size(), 3U);
  EXPECT_EQ(weights[0].shape(), (Shape{2, 1, 2, 12}));
  EXPECT_EQ(weights[1].shape(), (Shape{2, 1, 3, 12}));
  EXPECT_EQ(weights[2].shape(), (Shape{12}));
}

// As Conv and LSTM: inputs, states and what is dropped of them.
TEST(ConvLSTM, TakesIntegers) {
  const ConvLSTM1D layer(1, 2, {.return_sequences = true, .name = "c"});
  const Tensor x = testing::integers({2, 3, 4, 2}, -3, 4);
  const Tensor y = layer(x);
  EXPECT_EQ(y.dtype(), DType::float32);
  EXPECT_TRUE(identical(y, Tensor(layer(x.astype(DType::float32)))));
  const Tensor h = testing::integers({2, 3, 1}, 0, 4), c = testing::integers({2, 3, 1}, 0, 4, 2);
  EXPECT_TRUE(identical(
      Tensor(layer(x, {.initial_state = {h, c}})),
      Tensor(layer(x, {.initial_state = {h.astype(DType::float32), c.astype(DType::float32)}}))));
}

// Features of ones, kept with probability 0.8, count 1.25: not rounded to the inputs' type.
TEST(ConvLSTM, DropsOfIntegersAsOfFloats) {
  const auto run = [](DType type) {
    set_random_seed(3);
    const ConvLSTM1D layer(1, 2, {.dropout = 0.2, .seed = 5, .name = "c"});
    return Tensor(layer(Tensor::ones({2, 3, 4, 2}, type), {.training = true}));
  };
  EXPECT_TRUE(identical(run(DType::int32), run(DType::float32)));
}

TEST(ConvLSTM, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { ConvLSTM2D(0, 2, {.name = "c"}); }),
            "c (ConvLSTM2D): expected filters of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { ConvLSTM2D(1, 2, {.padding = "full", .name = "c"}); }),
            "c (ConvLSTM2D): unknown padding \"full\"; known are valid, same");
  EXPECT_EQ(
      message_of<ShapeError>([] {
        ConvLSTM2D(1, 2, {.name = "c"})(small({1, 2, 4, 2}));
      }),
      "c (ConvLSTM2D): conv_lstm_cell (ConvLSTMCell): expected 4 dimensions a step with known "
      "channels, got (1, 4, 2)");
}

}  // namespace
}  // namespace antler
