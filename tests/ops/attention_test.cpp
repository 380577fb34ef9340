#include "antler/ops/attention.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/graph/graph.h"
#include "antler/ops/slice.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using ops::attention;
using ops::AttentionOptions;

Tensor flags(const Tensor& numbers) { return numbers.astype(DType::boolean); }

TEST(Attention, WeighsValuesByTheSoftmaxOfProducts) {
  // One head, one query; its products with the keys are 0 and 2 log 3, the scale 1/2: 1 to 3.
  const Tensor query = Tensor{1, 0}.reshape({1, 1, 1, 2});
  const Tensor key = Tensor{0, 5, 2 * std::log(3.0), 7}.reshape({1, 2, 1, 2});
  const Tensor value = Tensor{4, 0, 8, 1}.reshape({1, 2, 1, 2});
  const auto [output, scores] = attention(query, key, value, {.scale = 0.5});
  EXPECT_TRUE(is_near(Tensor(output), Tensor{7, 0.75}.reshape({1, 1, 1, 2})));
  EXPECT_TRUE(is_near(Tensor(scores), Tensor{0.25, 0.75}.reshape({1, 1, 1, 2})));
}

TEST(Attention, HeadsOfAGroupShareKeysAndValues) {
  const Tensor query = normal({2, 3, 4, 5}), key = normal({2, 6, 2, 5}, 2);
  const Tensor value = normal({2, 6, 2, 3}, 3);
  const Value grouped = attention(query, key, value).output;
  for (std::int64_t head = 0; head < 4; ++head) {
    const auto one = [](const Tensor& x, std::int64_t h) {
      return ops::slice_axis(x, 2, h, h + 1);
    };
    const Value alone =
        attention(one(query, head), one(key, head / 2), one(value, head / 2)).output;
    EXPECT_TRUE(is_near(Tensor(ops::slice_axis(grouped, 2, head, head + 1)), Tensor(alone)));
  }
}

TEST(Attention, MaskHidesKeys) {
  const Tensor query = normal({1, 2, 1, 3}).astype(DType::float32);
  const Tensor key = normal({1, 2, 1, 3}, 2).astype(DType::float32);
  const Tensor value = Tensor{2, 6}.reshape({1, 2, 1, 1});
  const Tensor mask = flags(Tensor{0, 1, 0, 0}.reshape({1, 1, 2, 2}));
  EXPECT_TRUE(is_near(Tensor(attention(query, key, value, {.mask = mask}).output),
                      Tensor{6, 4}.reshape({1, 2, 1, 1})));
  const AttentionOptions zero{.mask = mask, .zero_masked_rows = true};
  EXPECT_TRUE(is_near(Tensor(attention(query, key, value, zero).output),
                      Tensor{6, 0}.reshape({1, 2, 1, 1})));
  const Value scores = ops::attention_scores(query, key, zero);
  EXPECT_TRUE(is_near(Tensor(scores), Tensor{0, 1, 0, 0}.reshape({1, 1, 2, 2})));
  EXPECT_TRUE(
      is_near(Tensor(ops::attention_output(scores, value)), Tensor{6, 0}.reshape({1, 2, 1, 1})));
}

TEST(Attention, MasksOfPositions) {
  EXPECT_TRUE(is_near(Tensor(ops::causal_mask(2, 3)), flags(Tensor{{1, 0, 0}, {1, 1, 0}})));
  EXPECT_TRUE(is_near(Tensor(ops::window_mask(3, 4, 2)),
                      flags(Tensor{{1, 1, 0, 0}, {1, 1, 1, 0}, {0, 1, 1, 1}})));
}

TEST(Attention, MasksOfPositionsRefuseNegativeSizes) {
  const auto text = [](const auto& mask) -> std::string {
    try {
      mask();
    } catch (const ValueError& e) {
      return e.what();
    }
    return "no error";
  };
  EXPECT_EQ(Tensor(ops::causal_mask(0, 3)).shape(), (Shape{0, 3}));
  EXPECT_EQ(text([] { ops::causal_mask(-2, 3); }),
            "causal_mask: expected queries of at least 0, got -2");
  EXPECT_EQ(text([] { ops::causal_mask(2, -3); }),
            "causal_mask: expected keys of at least 0, got -3");
  EXPECT_EQ(text([] { ops::window_mask(-1, 3, 1); }),
            "window_mask: expected queries of at least 0, got -1");
}

TEST(Attention, HasDerivativesOfBothOrders) {
  const Tensor mask = flags(Tensor{1, 0, 1, 1, 0, 0}.reshape({1, 1, 3, 2}));
  for (const bool zero : {false, true}) {
    for (const bool has_mask : {false, true}) {
      for (const int outputs : {1, 2, 3}) {  // the output, the scores, both
        const Body body = [&](const std::vector<Value>& v) -> std::vector<Value> {
          const auto result = attention(
              v[0], v[1], v[2],
              {.mask = has_mask ? Value(mask) : Value(), .scale = 0.7, .zero_masked_rows = zero});
          if (outputs == 1) return {result.output};
          if (outputs == 2) return {result.scores};
          return {result.output, result.scores};
        };
        for (const int order : {1, 2}) {
          const auto report = check_gradient(
              body, {normal({1, 3, 2, 2}), normal({1, 2, 1, 2}, 2), normal({1, 2, 1, 3}, 3)},
              {.order = order});
          EXPECT_TRUE(report.passed) << report.text;
          EXPECT_GT(report.compared, 0);
        }
      }
    }
  }
}

TEST(Attention, WorksBeforeSizesAreKnown) {
  const Tensor x = normal({2, 3, 1, 4}).astype(DType::float32);
  const auto f = [](const Value& v) { return attention(v, v, v).output; };
  EXPECT_TRUE(is_near(replayed(f, x, 2), Tensor(f(x))));
}

TEST(Attention, ChecksShapes) {
  const auto text = [](const Shape& q, const Shape& k, const Value& mask = {}) -> std::string {
    try {
      attention(Tensor::zeros(q), Tensor::zeros(k), Tensor::zeros(k), {.mask = mask});
    } catch (const ShapeError& e) {
      return e.what();
    }
    return "no error";
  };
  EXPECT_EQ(text({2, 3, 4}, {2, 3, 4}),
            "attention: expected query and key (batch, time, heads, size), got (2, 3, 4) and "
            "(2, 3, 4)");
  EXPECT_EQ(text({2, 3, 2, 4}, {2, 3, 2, 5}),
            "attention: expected query and key of one batch and size, got (2, 3, 2, 4) and "
            "(2, 3, 2, 5)");
  EXPECT_EQ(text({2, 3, 3, 4}, {2, 3, 2, 4}),
            "attention: expected a number of query heads that the key's divides, got (2, 3, 3, 4) "
            "and (2, 3, 2, 4)");
  EXPECT_EQ(text({2, 3, 2, 4}, {2, 5, 2, 4}, flags(Tensor::ones({3, 4}))),
            "attention: expected a mask that broadcasts to the scores (2, 2, 3, 5), got (3, 4)");
}

}  // namespace
}  // namespace antler::testing
