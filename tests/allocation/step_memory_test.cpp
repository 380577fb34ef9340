// What a summary promises that a step takes is what the step takes.
#include "antler/models/step_memory.h"

#include <gtest/gtest.h>

#include <functional>

#include "antler/layers/convolution.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/pooling.h"
#include "antler/layers/recurrent.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
#include "antler/optimizers/adam.h"
#include "tests/allocation/allocation_count.h"

namespace antler {
namespace {

// The most that was allocated for a model and three of its steps, its batch included, as a share of
// what its summary promises.
double share_of_promise(const std::function<Sequential()>& make, const Shape& batch_shape) {
  const std::int64_t before = testing::allocated_bytes();
  testing::forget_peak();
  const Sequential model = make();
  model.compile(
      {.optimizer = Adam(), .loss = SparseCategoricalCrossentropy({.from_logits = true})});
  const std::int64_t rows = batch_shape.front();
  const Batch batch{
      {Tensor::full(batch_shape, 0.5)}, {Tensor::zeros({rows}, DType::int64)}, {}, rows};
  for (int i = 0; i < 3; ++i) model.model_base().trainer().train_on(batch);
  const std::int64_t taken = testing::peak_bytes() - before;
  const std::int64_t promised = memory_of_step(model.model_base(), rows)->peak;
  std::printf("promised %s, taken %s\n", readable_size(promised).c_str(),
              readable_size(taken).c_str());
  return static_cast<double>(taken) / static_cast<double>(promised);
}

class SummaryMemory : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!ANTLER_COUNTS_ALLOCATIONS) GTEST_SKIP() << testing::kNotCounted;
  }
};

TEST_F(SummaryMemory, OfADenseNetworkIsWhatIsPromised) {
  const auto make = [] {
    return Sequential({Input({784}), Dense(1024, {.activation = "relu"}),
                       Dense(1024, {.activation = "relu"}), Dense(10)});
  };
  EXPECT_NEAR(share_of_promise(make, {256, 784}), 1, 0.05);
}

TEST_F(SummaryMemory, OfAConvolutionalNetworkIsWhatIsPromised) {
  const auto make = [] {
    return Sequential({Input({28, 28, 1}), Conv2D(32, 3, {.activation = "relu"}), MaxPooling2D(2),
                       Conv2D(64, 3, {.activation = "relu"}), MaxPooling2D(2), Flatten(),
                       Dense(10)});
  };
  EXPECT_NEAR(share_of_promise(make, {128, 28, 28, 1}), 1, 0.05);
}

TEST_F(SummaryMemory, OfARecurrentNetworkIsWhatIsPromised) {
  const auto make = [] { return Sequential({Input({28, 28}), LSTM(128), Dense(10)}); };
  EXPECT_NEAR(share_of_promise(make, {128, 28, 28}), 1, 0.05);
}

}  // namespace
}  // namespace antler
