// The same seed gives the same bits, for any number of threads.
#include <gtest/gtest.h>

#include "antler/core/random.h"
#include "antler/core/thread_pool.h"
#include "antler/data/drawn_digits.h"
#include "antler/layers/dense.h"
#include "antler/layers/dropout.h"
#include "antler/layers/flatten.h"
#include "antler/layers/rescaling.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/adam.h"

namespace antler {
namespace {

struct Trained {
  std::vector<Tensor> weights;
  std::vector<double> losses;
};

// Wide enough that its products are shared among threads.
Trained train(std::uint64_t seed, int threads) {
  set_num_threads(threads);
  set_random_seed(seed);
  const datasets::Examples digits = datasets::drawn_digits(1000, 1);
  Sequential model({Input({28, 28}), Rescaling(1.0 / 255), Flatten(),
                    Dense(512, {.activation = "relu"}), Dropout(0.2), Dense(10)});
  model.compile({.optimizer = Adam(),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  const History history =
      model.fit(digits.x, digits.y,
                {.batch_size = 300, .epochs = 3, .verbose = 0, .validation_split = 0.1});
  set_num_threads(1);
  return {model.get_weights(), history["loss"]};
}

void expect_same(const Trained& a, const Trained& b) {
  ASSERT_EQ(a.weights.size(), b.weights.size());
  for (std::size_t i = 0; i < a.weights.size(); ++i) {
    EXPECT_TRUE(identical(a.weights[i], b.weights[i])) << "weight " << i;
  }
  EXPECT_EQ(a.losses, b.losses);
}

TEST(Determinism, OneTwoAndThreeThreads) {
  const Trained one = train(7, 1);
  expect_same(one, train(7, 2));
  expect_same(one, train(7, 3));
}

TEST(Determinism, AnotherSeedIsAnotherRun) {
  EXPECT_NE(train(7, 1).losses, train(8, 1).losses);
}

}  // namespace
}  // namespace antler
