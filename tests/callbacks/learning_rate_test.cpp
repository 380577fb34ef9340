#include <gtest/gtest.h>

#include "antler/callbacks/learning_rate_scheduler.h"
#include "antler/callbacks/reduce_lr_on_plateau.h"
#include "antler/core/error.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

std::vector<double> rounded(std::vector<double> rates) {
  for (double& rate : rates) rate = static_cast<float>(rate);
  return rates;
}

TEST(LearningRateScheduler, SetsTheRateAndLogsIt) {
  const Sequential model = small_model(0.5);
  const LearningRateScheduler halve(
      [](int epoch, double rate) { return epoch == 0 ? rate : rate / 2; });
  const History history =
      model.fit(four_rows(), four_targets(), {.epochs = 3, .verbose = 0, .callbacks = {halve}});
  EXPECT_EQ(history["learning_rate"], (std::vector<double>{0.5, 0.25, 0.125}));
  EXPECT_EQ(model.optimizer().learning_rate(), 0.125);
}

TEST(LearningRateScheduler, ChangesTheStepThatFollows) {
  const Sequential model = small_model();
  const std::vector<Tensor> before = model.get_weights();
  model.fit(four_rows(), four_targets(),
            {.verbose = 0, .callbacks = {LearningRateScheduler([](int, double) { return 0.0; })}});
  EXPECT_TRUE(identical(model.get_weights()[0], before[0]));
}

TEST(LearningRateScheduler, NamesMistakes) {
  EXPECT_EQ(error_of<ValueError>([] { LearningRateScheduler(nullptr); }),
            "LearningRateScheduler: expected a function, got none");
  EXPECT_EQ(
      error_of<ValueError>([] {
        small_model().fit(
            four_rows(), four_targets(),
            {.verbose = 0, .callbacks = {LearningRateScheduler([](int, double) { return -1.0; })}});
      }),
      "LearningRateScheduler: SGD: expected learning_rate >= 0, got -1.0");
}

// What keras.callbacks.ReduceLROnPlateau (3.15.1) does with these values; whole runs stand in
// tests/golden/fit_callbacks.json.
TEST(ReduceLROnPlateau, FallsWhereKerasFalls) {
  struct Case {
    const char* about;
    ReduceLROnPlateauOptions options;
    std::vector<double> values;
    std::vector<double> rates;  // in the logs; that of an epoch is read before it may fall
  };
  const std::vector<Case> cases = {
      {"patience 1",
       {.monitor = "v", .factor = 0.5, .patience = 1, .mode = "min"},
       {1, 2, 2, 0.5, 1},
       {0.8, 0.8, 0.4, 0.2, 0.2}},
      {"patience 2",
       {.monitor = "v", .factor = 0.5, .patience = 2, .mode = "min"},
       {1, 1, 1, 1, 1},
       {0.8, 0.8, 0.8, 0.4, 0.4}},
      {"a least change",
       {.monitor = "v", .factor = 0.5, .patience = 1, .mode = "min", .min_delta = 0.5},
       {1, 0.9, 0.3, 0.2, 0.1},
       {0.8, 0.8, 0.4, 0.4, 0.2}},
      {"cooldown",
       {.monitor = "v", .factor = 0.5, .patience = 1, .mode = "min", .cooldown = 2},
       {1, 1, 1, 1, 1},
       {0.8, 0.8, 0.4, 0.4, 0.2}},
      {"min_lr",
       {.monitor = "v", .factor = 0.5, .patience = 1, .mode = "min", .min_lr = 0.3},
       {1, 1, 1, 1},
       {0.8, 0.8, 0.4, 0.3}},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.about);
    const History history =
        fit_scripted(small_model(0.8), "v", c.values, ReduceLROnPlateau(c.options));
    EXPECT_EQ(rounded(history["learning_rate"]), rounded(c.rates));
  }
}

TEST(ReduceLROnPlateau, NamesMistakes) {
  EXPECT_EQ(error_of<ValueError>([] { ReduceLROnPlateau({.factor = 1.0}); }),
            "ReduceLROnPlateau: expected a factor in [0, 1), got 1.0");
  EXPECT_EQ(error_of<ValueError>([] { ReduceLROnPlateau({.mode = "up"}); }).substr(0, 32),
            "ReduceLROnPlateau: unknown mode ");
}

}  // namespace
}  // namespace antler::testing
