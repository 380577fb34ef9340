#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/losses/binary_crossentropy.h"
#include "antler/losses/categorical_crossentropy.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::is_near;

struct Result {
  Tensor value;
  Tensor gradient;  // by the logits
};

// A loss of probabilities that `probabilities` makes from logits.
template <class F>
Result run(const Loss& loss, const Tensor& y_true, const Tensor& logits, F probabilities,
           bool stable = true) {
  const Value z(logits);
  const Value value = loss(y_true, probabilities(z), Value(), {.stable_rewrites = stable});
  return {value, gradients(ops::sum(value), std::vector<Value>{z})[0]};
}

const Tensor kLogits = {{1000, -1000, 0}, {1, 2, 3}};

Value as_softmax(const Value& z) { return ops::softmax(z); }
Value as_sigmoid(const Value& z) { return ops::sigmoid(z); }

TEST(StableRewrite, SparseTakesTheLogitsOfASoftmax) {
  const Tensor y = Tensor{1, 0}.astype(DType::int32);
  const Result on = run(SparseCategoricalCrossentropy(), y, kLogits, as_softmax);
  const Result logits = run(SparseCategoricalCrossentropy({.from_logits = true}), y, kLogits,
                            [](const Value& z) { return z; });
  EXPECT_TRUE(is_near(on.value, logits.value, 0));
  EXPECT_TRUE(is_near(on.gradient, logits.gradient, 0));
  EXPECT_GT(on.value.item(), 1000);
  const Result off = run(SparseCategoricalCrossentropy(), y, kLogits, as_softmax, false);
  EXPECT_LT(off.value.item(), 17);
  EXPECT_EQ(off.gradient.item(0), 0);
}

TEST(StableRewrite, CategoricalAndBinary) {
  const Tensor hot = {{0, 1, 0}, {1, 0, 0}};
  EXPECT_GT(run(CategoricalCrossentropy(), hot, kLogits, as_softmax).value.item(), 1000);
  EXPECT_LT(run(CategoricalCrossentropy(), hot, kLogits, as_softmax, false).value.item(), 17);
  const Result binary = run(BinaryCrossentropy(), hot, kLogits, as_sigmoid);
  EXPECT_GT(binary.value.item(), 300);
  EXPECT_TRUE(is_near(
      binary.gradient,
      run(BinaryCrossentropy({.from_logits = true}), hot, kLogits, [](const Value& z) { return z; })
          .gradient,
      0));
}

TEST(StableRewrite, SeesThroughReshapes) {
  const auto reshaped = [](const Value& z) { return ops::reshape(ops::softmax(z), {1, 2, 3}); };
  const SparseCategoricalCrossentropy sparse;
  EXPECT_GT(run(sparse, Tensor{{1, 0}}, kLogits, reshaped).value.item(), 1000);
  const auto flat = [](const Value& z) { return ops::reshape(ops::sigmoid(z), {6}); };
  EXPECT_GT(run(BinaryCrossentropy(), Tensor{0, 0, 0, 0, 0, 0}, kLogits, flat).value.item(), 100);
  // The rank fix itself is a reshape.
  const auto column = [](const Value& z) { return ops::sigmoid(z); };
  EXPECT_EQ(run(BinaryCrossentropy(), Tensor{{0}, {0}}, Tensor{1000, 0}, column).value.shape(),
            Shape());
  EXPECT_GT(run(BinaryCrossentropy(), Tensor{{0}, {0}}, Tensor{1000, 0}, column).value.item(), 400);
}

TEST(StableRewrite, OtherPredictionsKeepKerasNumbers) {
  const SparseCategoricalCrossentropy sparse;
  const Tensor y = {1, 0};
  const auto other_axis = [](const Value& z) { return ops::softmax(z, 0); };
  const auto scaled = [](const Value& z) { return ops::softmax(z) * 0.5; };
  const auto mixed = [](const Value& z) { return ops::reshape(ops::softmax(z), {3, 2}); };
  const auto turned = [](const Value& z) { return ops::transpose(ops::softmax(z)); };
  for (const bool stable : {true, false}) {
    EXPECT_LT(run(sparse, y, kLogits, scaled, stable).value.item(), 17);
    EXPECT_TRUE(std::isfinite(run(sparse, y, kLogits, as_sigmoid, stable).value.item()));
  }
  const auto unchanged = [&](const Tensor& labels, auto probabilities) {
    return is_near(run(sparse, labels, kLogits, probabilities, true).value,
                   run(sparse, labels, kLogits, probabilities, false).value, 0);
  };
  EXPECT_TRUE(unchanged(y, other_axis));
  EXPECT_TRUE(unchanged(Tensor{1, 0, 1}, mixed));
  EXPECT_TRUE(unchanged(Tensor{1, 0, 1}, turned));
}

TEST(StableRewrite, FollowsTheClassAxis) {
  const auto first = [](const Value& z) { return ops::softmax(z, 0); };
  const SparseCategoricalCrossentropy loss({.axis = 0});
  const Tensor columns = {{1000, 1}, {-1000, 2}, {0, 3}};
  EXPECT_GT(run(loss, Tensor{1, 0}, columns, first).value.item(), 1000);
}

}  // namespace
}  // namespace antler
