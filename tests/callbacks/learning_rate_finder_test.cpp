#include "antler/callbacks/learning_rate_finder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/layers/dropout.h"
#include "antler/optimizers/adam.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

History sweep(const Model& model, const LearningRateFinder& finder, int epochs = 60) {
  return model.fit(
      four_rows(), four_targets(),
      {.batch_size = 2, .epochs = epochs, .verbose = 0, .callbacks = {finder}, .shuffle = false});
}

TEST(LearningRateFinder, SweepsExponentially) {
  const LearningRateFinder finder({.min_lr = 1e-4, .max_lr = 1e-2, .batches = 5});
  const History history = sweep(small_model(), finder);
  EXPECT_EQ(history.epoch().size(), 3U) << "it stops after five batches of two an epoch";
  ASSERT_EQ(finder.rates().size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_NEAR(finder.rates()[i], 1e-4 * std::pow(10, 0.5 * static_cast<double>(i)), 1e-9);
  }
}

TEST(LearningRateFinder, SmoothsTheLossOfEachBatchAlone) {
  const LearningRateFinder finder(
      {.min_lr = 1e-12, .max_lr = 2e-12, .batches = 4, .smoothing = 0.5});
  sweep(small_model(), finder);
  // Rates so small leave the weights: rows {0, 1}, {1, 0} and {1, 1}, {2, 1} by turns.
  const double first = (0.0 + 1.0) / 2;   // predicted 1, 1 for 1, 2
  const double second = (1.0 + 4.0) / 2;  // predicted 2, 3 for 3, 5
  const std::vector<double> expected = {first, second, first, second};
  double average = 0;
  ASSERT_EQ(finder.losses().size(), 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(finder.losses()[i], expected[i], 1e-6);
    average = 0.5 * average + 0.5 * expected[i];
    EXPECT_NEAR(finder.smoothed_losses()[i], average / (1 - std::pow(0.5, i + 1.0)), 1e-6);
  }
}

// Gradient descent on squares diverges above some rate: the suggestion lies below it and trains.
TEST(LearningRateFinder, SuggestsARateThatTrains) {
  const Sequential model = small_model();
  const LearningRateFinder finder;
  sweep(model, finder);
  ASSERT_TRUE(finder.suggestion());
  EXPECT_GT(*finder.suggestion(), 1e-3);
  EXPECT_LT(*finder.suggestion(), 0.5);
  EXPECT_LT(finder.rates().back(), 10) << "it stops when the loss has grown fourfold";
  Optimizer optimizer = model.optimizer();
  optimizer.set_learning_rate(*finder.suggestion());
  const History history =
      model.fit(four_rows(), four_targets(), {.epochs = 20, .verbose = 0, .shuffle = false});
  EXPECT_LT(history["loss"].back(), 0.5 * history["loss"].front());
}

TEST(LearningRateFinder, PutsTheModelBack) {
  const auto trained = [](bool with_sweep) {
    set_random_seed(3);
    Sequential model({Input({2}), Dense(4), Dropout(0.5), Dense(1)});
    model.compile({.optimizer = Adam({.learning_rate = 0.01}), .loss = "mse"});
    model.fit(four_rows(), four_targets(), {.epochs = 2, .verbose = 0});
    if (with_sweep) {
      sweep(model, LearningRateFinder());
      EXPECT_EQ(static_cast<float>(model.optimizer().learning_rate()), 0.01F);
    }
    model.fit(four_rows(), four_targets(), {.epochs = 2, .verbose = 0});
    return model.get_weights();
  };
  const std::vector<Tensor> expected = trained(false);
  const std::vector<Tensor> found = trained(true);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_TRUE(identical(found[i], expected[i])) << i;
  }
}

TEST(LearningRateFinder, TakesTheBatchesThatFitHas) {
  const LearningRateFinder finder({.max_lr = 1e-3});
  sweep(small_model(), finder, 4);
  ASSERT_EQ(finder.rates().size(), 8U);
  EXPECT_NEAR(finder.rates().back(), 1e-3, 1e-9);
}

TEST(LearningRateFinder, SuggestsNothingWhenTheLossNeverFalls) {
  Sequential model({Input({2}), Dense(1, {.kernel_initializer = "zeros"})});
  model.compile({.optimizer = "sgd", .loss = "mse"});
  const LearningRateFinder finder({.batches = 4});
  model.fit(four_rows(), Tensor::zeros({4, 1}), {.epochs = 9, .verbose = 0, .callbacks = {finder}});
  EXPECT_FALSE(finder.suggestion());
}

TEST(LearningRateFinder, NamesMistakes) {
  const auto made = [](const LearningRateFinderOptions& options) {
    return error_of<ValueError>([&] { LearningRateFinder{options}; });
  };
  EXPECT_EQ(made({.min_lr = 0}), "LearningRateFinder: expected a positive min_lr, got 0.0");
  EXPECT_EQ(made({.max_lr = 1e-9}),
            "LearningRateFinder: expected a max_lr above min_lr, got 1e-09");
  EXPECT_EQ(made({.batches = 2}), "LearningRateFinder: expected at least 3 batches, got 2");
  EXPECT_EQ(made({.smoothing = 1}), "LearningRateFinder: expected smoothing in [0, 1), got 1.0");
  EXPECT_EQ(made({.stop_factor = 1}),
            "LearningRateFinder: expected a stop_factor above 1, got 1.0");
  EXPECT_EQ(error_of<StateError>([] {
              Sequential model({Dense(1)});
              model.compile({.optimizer = "sgd", .loss = "mse"});
              sweep(model, LearningRateFinder());
            }),
            "LearningRateFinder: expected a model that is built; call it once or give it an Input");
}

}  // namespace
}  // namespace antler::testing
