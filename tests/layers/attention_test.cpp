// Attention, AdditiveAttention, MultiHeadAttention, GroupQueryAttention: what the golden cases do
// not show.
#include "antler/layers/attention.h"

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/layers/input.h"
#include "antler/layers/layer_registry.h"
#include "antler/layers/multi_head_attention.h"
#include "antler/models/model.h"
#include "tests/layers/layer_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::is_near;
using testing::message_of;
using testing::normal;

Tensor floats(const Shape& shape, std::uint64_t seed = 1) {
  return normal(shape, seed).astype(DType::float32);
}
Tensor flags(const Tensor& numbers) { return numbers.astype(DType::boolean); }

std::vector<Layer> all_kinds() {
  return {Attention({.use_scale = true, .name = "a"}), AdditiveAttention({.name = "a"}),
          MultiHeadAttention(2, 3, {.name = "a"}), GroupQueryAttention(3, 2, 1, {.name = "a"})};
}

TEST(AttentionLayers, GoBothWaysThroughAConfig) {
  for (const Layer& layer : all_kinds()) {
    const Value x = floats({2, 3, 4}), y = floats({2, 5, 4}, 2);
    const Tensor expected = layer({x, y});
    const Config config = layer_to_config(layer);
    const Layer copy = layer_from_config(config);
    EXPECT_EQ(layer_to_config(copy), config);
    copy.set_weights(layer.get_weights());
    EXPECT_TRUE(identical(Tensor(copy({x, y})), expected)) << layer.class_name();
  }
}

TEST(AttentionLayers, GiveScoresAsASecondOutput) {
  for (const Layer& layer : all_kinds()) {
    const std::vector<Value> symbolic = {Input({3, 4}), Input({5, 4})};
    const auto outputs = layer.call_all(symbolic, {.return_attention_scores = true});
    ASSERT_EQ(outputs.size(), 2U);
    const Model model({.inputs = symbolic, .outputs = outputs});
    const std::vector<Tensor> x = {floats({2, 3, 4}), floats({2, 5, 4}, 2)};
    const auto eager = layer.call_all({x[0], x[1]}, {.return_attention_scores = true});
    const auto predicted = model.predict_all(x);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_TRUE(is_near(predicted[i], Tensor(eager[i])));
      EXPECT_EQ(outputs[i].shape(), eager[i].shape().without_batch().with_batch(None));
    }
  }
}

TEST(AttentionLayers, ReadTheMasksThatTravel) {
  const Tensor seen = flags(Tensor{{1, 0, 1, 1, 0}, {0, 1, 1, 0, 0}});
  const Tensor asked = flags(Tensor{{1, 0, 1}, {1, 1, 0}});
  for (const Layer& layer : all_kinds()) {
    const Value x = floats({2, 3, 4}), y = floats({2, 5, 4}, 2);
    CallContext context;
    const Value query_mask = asked;
    context.set_mask(x, query_mask);
    context.set_mask(y, seen);
    const Value output = layer({x, y}, context);
    EXPECT_TRUE(context.mask(output).is_same(query_mask)) << layer.class_name();
    // As in Keras, one of them takes the masks off what it was called on.
    EXPECT_EQ(!context.mask(x), layer.class_name() == "MultiHeadAttention");
    Tensor changed = Tensor(y).clone();
    changed.mutable_data<float>()[4] += 1;  // the second step of the first row, which is hidden
    EXPECT_FALSE(is_near(Tensor(layer({x, changed})), Tensor(layer({x, y}))));
    CallContext again;
    const Value other = changed;
    again.set_mask(x, asked);
    again.set_mask(other, seen);
    const auto first_row = [](const Value& v) {
      const Tensor row = v;
      const auto data = row.data<float>();
      return std::vector<float>(data.begin(), data.begin() + 4);
    };
    EXPECT_EQ(first_row(layer({x, other}, again)), first_row(output)) << layer.class_name();
  }
}

TEST(AttentionLayers, DropScoresInTrainingOnly) {
  const Value x = floats({1, 4, 4}), y = floats({1, 40, 4}, 2);
  const std::vector<Layer> dropping = {Attention({.dropout = 0.5, .seed = 1}),
                                       AdditiveAttention({.dropout = 0.5, .seed = 1}),
                                       MultiHeadAttention(2, 3, {.dropout = 0.5, .seed = 1}),
                                       GroupQueryAttention(3, 2, 1, {.dropout = 0.5, .seed = 1})};
  for (const Layer& layer : dropping) {
    const Tensor still = layer({x, y});
    EXPECT_TRUE(identical(Tensor(layer({x, y})), still));
    const Tensor trained = layer({x, y}, {.training = true});
    EXPECT_FALSE(is_near(trained, still)) << layer.class_name();
    const std::vector<Value> all =
        layer.call_all({x, y}, {.training = true, .return_attention_scores = true});
    const Tensor scores = all[1];
    std::int64_t zeros = 0;
    for (const float score : scores.data<float>()) zeros += score == 0;
    // Attention gives what is left of the scores, the others those before.
    const bool is_list = layer.base().takes_list(2);
    EXPECT_EQ(zeros > scores.size() / 4 && zeros < scores.size() * 3 / 4, is_list);
  }
}

TEST(AttentionLayers, KernelsStartWithTheFansOfTheirHeads) {
  const Layer layer = MultiHeadAttention(4, 8);
  layer({Value(floats({1, 2, 32})), Value(floats({1, 2, 32}))});
  float largest = 0;
  const Tensor kernel = layer.get_weights()[0];
  for (const float w : kernel.data<float>()) largest = std::max(largest, std::abs(w));
  const double limit = std::sqrt(6.0 / (32 + 32));  // 32 inputs, 4 * 8 outputs
  EXPECT_LE(largest, limit);
  EXPECT_GT(largest, 0.95 * limit);
}

TEST(AttentionLayers, Errors) {
  EXPECT_EQ(message_of<ValueError>([] { Attention({.score_mode = "sum", .name = "a"}); }),
            "a (Attention): expected score_mode \"dot\" or \"concat\", got \"sum\"");
  EXPECT_EQ(message_of<ValueError>([] { AdditiveAttention({.dropout = 1.5}); }),
            "AdditiveAttention: expected a dropout in [0, 1], got 1.5");
  EXPECT_EQ(message_of<ValueError>([] { MultiHeadAttention(0, 3); }),
            "MultiHeadAttention: expected num_heads of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { MultiHeadAttention(1, 3, {.value_dim = 0}); }),
            "MultiHeadAttention: expected value_dim of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>([] { MultiHeadAttention(1, 3, {.sliding_window = 0}); }),
            "MultiHeadAttention: expected a sliding_window of at least 1, got 0");
  EXPECT_EQ(message_of<ValueError>(
                [] { MultiHeadAttention(1, 3, {.dropout = 0.5, .flash_attention = true}); }),
            "MultiHeadAttention: expected no dropout with flash_attention, got 0.5");
  EXPECT_EQ(message_of<ValueError>([] { GroupQueryAttention(3, 4, 3); }),
            "GroupQueryAttention: expected num_query_heads that num_key_value_heads divides, got 4 "
            "and 3");
  const Value x = floats({2, 3, 4}), y = floats({2, 5, 4});
  EXPECT_EQ(message_of<ShapeError>([&] { Attention()({x}); }),
            "attention (Attention): expected 2 or 3 inputs (query, value, key), got 1");
  EXPECT_EQ(
      message_of<ShapeError>([&] {
        Attention()({x, Value(floats({2, 5, 3}))});
      }),
      "attention (Attention): expected a query (batch, T, n), a value (batch, S, m) and a key "
      "(batch, S, n), the value without one; got (2, 3, 4), (2, 5, 3)");
  EXPECT_EQ(
      message_of<ShapeError>([&] {
        MultiHeadAttention(1, 1)({x, y, x});
      }),
      "multi_head_attention (MultiHeadAttention): expected query (batch, T, n), value (batch, "
      "S, m) and key (batch, S, k), got (2, 3, 4), (2, 5, 4), (2, 3, 4)");
  EXPECT_EQ(message_of<ShapeError>([&] {
              MultiHeadAttention(1, 1, {.attention_axes = 2})({x, y});
            }),
            "multi_head_attention (MultiHeadAttention): expected attention_axes between batch and "
            "features of (2, 3, 4), got 2");
  EXPECT_EQ(message_of<ShapeError>([&] {
              MultiHeadAttention(1, 1)({x, y}, {.attention_mask = flags(Tensor::ones({3, 4}))});
            }),
            "multi_head_attention (MultiHeadAttention): expected a mask that broadcasts to the "
            "scores (2, 1, 3, 5), got (3, 4)");
  EXPECT_EQ(message_of<ShapeError>([&] {
              const Value grid = floats({2, 3, 2, 4});
              GroupQueryAttention(1, 1, 1)({grid, grid});
            }),
            "grouped_query_attention (GroupQueryAttention): expected inputs (batch, time, "
            "features), got (2, 3, 2, 4)");
}

}  // namespace
}  // namespace antler
