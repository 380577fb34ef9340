// Layers that are called with values, outside of any model: what they draw and what they keep.
#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/data/dataset.h"
#include "antler/layers/batch_normalization.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/random_color.h"
#include "antler/layers/recurrent.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

const CallOptions kTraining = {.training = true};

TEST(EagerCall, GoesOnDrawingUnderASeedOfItsOwn) {
  const Tensor x = Tensor::ones({8, 8});
  const Dropout layer(0.5, {.seed = 3}), same(0.5, {.seed = 3});
  const Tensor first = layer(x, kTraining), second = layer(x, kTraining);
  EXPECT_FALSE(identical(first, second));
  EXPECT_TRUE(identical(Tensor(same(x, kTraining)), first));
  Dropout(0.5)(x, kTraining);  // draws from the default seed
  EXPECT_TRUE(identical(Tensor(same(x, kTraining)), second));
}

TEST(EagerCall, ChangesEachBatchOfADatasetInItsOwnWay) {
  const RandomBrightness brightness(0.5, {.value_range = {0, 1}, .seed = 1});
  const Tensor images = Tensor::full({4, 2, 2, 1}, 0.5);
  BatchReader reader(Dataset(images).batch(2).map(
      [&](const Tensor& batch) -> Tensor { return brightness(batch, kTraining); }));
  Batch batch;
  reader.start(0);
  ASSERT_TRUE(reader.next(batch));
  const Tensor first = batch.x[0].clone();
  ASSERT_TRUE(reader.next(batch));
  EXPECT_FALSE(identical(batch.x[0].clone(), first));
}

Tensor steps(std::int64_t first, std::int64_t last) {
  Tensor x = Tensor::uninitialized(DType::float32, {1, last - first, 2});
  const auto data = x.mutable_data<float>();
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = 0.1F * static_cast<float>(2 * first + static_cast<std::int64_t>(i)) - 0.4F;
  }
  return x;
}

TEST(EagerCall, KeepsStates) {
  const LSTM whole(3), parts(3, {.stateful = true});
  const Tensor expected = whole(steps(0, 6));
  parts(steps(0, 2));
  parts.set_weights(whole.get_weights());
  parts.reset_state();
  // The first result is computed after the second call has changed the states.
  const Value first = parts(steps(0, 2)), second = parts(steps(2, 6));
  EXPECT_TRUE(is_near(second, expected));
  EXPECT_TRUE(is_near(first, whole(steps(0, 2))));
  parts.reset_state();
  EXPECT_TRUE(is_near(parts(steps(0, 6)), expected));
}

TEST(EagerCall, CountsMovingStatistics) {
  const BatchNormalization layer({.momentum = 0.5});
  layer(Tensor{{1, 2}, {3, 6}});
  EXPECT_TRUE(is_near(layer.get_weights()[2], Tensor{0, 0})) << "not in training";
  layer(Tensor{{1, 2}, {3, 6}}, kTraining);
  EXPECT_TRUE(is_near(layer.get_weights()[2], Tensor{1, 2}));
}

TEST(EagerCall, LeavesTheWayToTheWeightsOpen) {
  const LSTM layer(2, {.stateful = true});
  layer(steps(0, 2));
  const Value loss = ops::sum(layer(steps(2, 4)));
  const std::vector<Value> slopes = gradients(loss, std::vector<Value>{layer.weights()[0]});
  ASSERT_TRUE(slopes[0]);
  EXPECT_FALSE(is_near(slopes[0], Tensor::zeros({2, 8})));
}

// A Function's values come when it is called: nothing can be assigned while it is traced.
TEST(EagerCall, AssignsNothingInsideAFunction) {
  const BatchNormalization layer({.momentum = 0.5});
  layer(Tensor{{1, 2}, {3, 6}});
  const Function function([&](const Value& x) { return layer(x, kTraining); });
  EXPECT_TRUE(is_near(function(Tensor{{1, 2}, {3, 6}}), Tensor{{-1, -1}, {1, 1}}, 1e-2));
  EXPECT_TRUE(is_near(layer.get_weights()[2], Tensor{0, 0}));
}

}  // namespace
}  // namespace antler::testing
