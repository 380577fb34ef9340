// A step of training allocates nothing once its program exists.
#include <gtest/gtest.h>

#include <cstdlib>

#include "antler/core/thread_pool.h"
#include "antler/layers/bidirectional.h"
#include "antler/layers/dense.h"
#include "antler/layers/recurrent.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/models/trainer.h"
#include "antler/optimizers/adam.h"
#include "tests/allocation/allocation_count.h"

namespace antler {
namespace {

using testing::allocation_count;

TEST(AllocationCount, CountsMallocAndAlignedAlloc) {
  if (!ANTLER_COUNTS_ALLOCATIONS) GTEST_SKIP() << testing::kNotCounted;
  const std::int64_t before = allocation_count();
  void* volatile a = std::malloc(100);
  void* volatile b = std::aligned_alloc(64, 128);
  int* volatile c = new int(3);
  EXPECT_GE(allocation_count() - before, 3);
  std::free(a);
  std::free(b);
  delete c;
}

// Of 20 steps, after some that make the program.
std::int64_t allocations_of_steps(const Sequential& model, const Tensor& x) {
  model.compile({.optimizer = Adam(),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  const std::int64_t rows = x.length();
  const Batch batch{{x}, {Tensor::zeros({rows}, DType::int64)}, {}, rows};
  Trainer& trainer = model.model_base().trainer();
  for (int i = 0; i < 3; ++i) trainer.train_on(batch);
  const std::int64_t before = allocation_count();
  for (int i = 0; i < 20; ++i) trainer.train_on(batch);
  return allocation_count() - before;
}

std::int64_t allocations_of_steps(const std::vector<std::int64_t>& sizes, std::int64_t rows) {
  Sequential model({Input({sizes[0]})});
  for (std::size_t i = 1; i < sizes.size(); ++i) {
    const bool last = i + 1 == sizes.size();
    model.add(Dense(sizes[i], {.activation = last ? "linear" : "relu"}));
  }
  return allocations_of_steps(model, Tensor::full({rows, sizes[0]}, 0.5));
}

class TrainingStep : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    if (!ANTLER_COUNTS_ALLOCATIONS) GTEST_SKIP() << testing::kNotCounted;
    set_num_threads(GetParam());
  }
  void TearDown() override { set_num_threads(1); }
};

TEST_P(TrainingStep, OfTheCourseNetworkAllocatesNothing) {
  EXPECT_EQ(allocations_of_steps({400, 25, 15, 10}, 32), 0);
}

TEST_P(TrainingStep, OfTheMnistNetworkAllocatesNothing) {
  EXPECT_EQ(allocations_of_steps({784, 128, 10}, 128), 0);
}

// Loops run a program of their own in memory that the step's workspace holds.
TEST_P(TrainingStep, OfARecurrentNetworkAllocatesNothing) {
  const Sequential model(
      {Input({6, 5}), LSTM(8, {.return_sequences = true}), Bidirectional(GRU(7)), Dense(10)});
  EXPECT_EQ(allocations_of_steps(model, Tensor::full({4, 6, 5}, 0.5)), 0);
}

// Large products are oneDNN's: what it allocates inside its calls is its own and only printed.
TEST_P(TrainingStep, OfALargeNetworkIsCounted) {
  const std::int64_t count = allocations_of_steps({784, 1024, 1024, 10}, 256);
  std::printf("allocations in 20 steps of 784-1024-1024-10 at batch 256: %lld\n",
              static_cast<long long>(count));
  EXPECT_LT(count, 20 * 200);
}

INSTANTIATE_TEST_SUITE_P(Threads, TrainingStep, ::testing::Values(1, 2));

}  // namespace
}  // namespace antler
