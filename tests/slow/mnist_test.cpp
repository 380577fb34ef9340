// MNIST, 784-128-10: five epochs reach what real Keras reaches (97.2 to 97.5 %).
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>

#include "antler/core/random.h"
#include "antler/data/datasets.h"
#include "antler/layers/dense.h"
#include "antler/layers/flatten.h"
#include "antler/layers/rescaling.h"
#include "antler/losses/sparse_categorical_crossentropy.h"
#include "antler/models/sequential.h"
#include "antler/optimizers/adam.h"

namespace antler {
namespace {

bool has_mnist() {
  const std::vector<datasets::Description> sets = datasets::describe();
  return std::any_of(sets.begin(), sets.end(), [](const datasets::Description& set) {
    return set.name == "mnist" && set.is_found;
  });
}

TEST(Mnist, FiveEpochsReach97Percent) {
  if (!has_mnist()) {
    GTEST_SKIP() << "MNIST is neither in $ANTLER_DATA nor in the user's cache folder; `antler "
                    "datasets` says which files belong where";
  }
  const auto [train, test] = datasets::mnist();
  ASSERT_EQ(train.x.length(), 60000);
  ASSERT_EQ(test.x.length(), 10000);
  set_random_seed(0);
  Sequential model({Input({28, 28}), Rescaling(1.0 / 255), Flatten(),
                    Dense(128, {.activation = "relu"}), Dense(10)});
  model.compile({.optimizer = Adam({.learning_rate = 1e-3}),
                 .loss = SparseCategoricalCrossentropy({.from_logits = true}),
                 .metrics = {"accuracy"}});
  model.fit(train.x, train.y, {.batch_size = 128, .epochs = 5, .verbose = 0});
  const Logs result = model.evaluate(test.x, test.y);
  std::printf("test accuracy %.2f %%, loss %.4f\n", 100 * result["accuracy"], result["loss"]);
  EXPECT_GE(result["accuracy"], 0.97);
  EXPECT_LE(result["accuracy"], 0.985) << "five epochs of this network reach no more";
}

}  // namespace
}  // namespace antler
