#include "antler/callbacks/early_stopping.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

// What keras.callbacks.EarlyStopping (3.15.1) does with these values; whole runs stand in
// tests/golden/fit_callbacks.json.
struct Case {
  const char* about;
  EarlyStoppingOptions options;
  std::vector<double> values;
  int epochs;         // that are run
  int stopped_epoch;  // 0: not stopped
  double best;
};

TEST(EarlyStopping, StopsWhereKerasStops) {
  const std::vector<Case> cases = {
      {"no patience", {.monitor = "v", .mode = "min"}, {1, 0.9, 0.95, 0.8}, 3, 2, 0.9},
      {"never improves", {.monitor = "v", .mode = "min"}, {1, 1.1, 1}, 2, 1, 1},
      {"an equal value", {.monitor = "v", .mode = "min"}, {1, 1, 1}, 2, 1, 1},
      {"patience",
       {.monitor = "v", .patience = 2, .mode = "min"},
       {1, 0.9, 0.95, 0.93, 0.8},
       4,
       3,
       0.9},
      {"patience begins anew",
       {.monitor = "v", .patience = 2, .mode = "min"},
       {1, 1.1, 0.9, 1, 0.8},
       5,
       0,
       0.8},
      {"up", {.monitor = "v", .patience = 1, .mode = "max"}, {1, 2, 1.5, 3}, 3, 2, 2},
      {"a least change",
       {.monitor = "v", .min_delta = 0.2, .patience = 1, .mode = "min"},
       {1, 0.9, 0.7},
       2,
       1,
       1},
      {"a least change upwards",
       {.monitor = "v", .min_delta = 0.2, .patience = 1, .mode = "max"},
       {1, 1.1, 1.3},
       2,
       1,
       1},
      {"its sign does not matter",
       {.monitor = "v", .min_delta = -0.2, .patience = 1, .mode = "min"},
       {1, 0.9, 0.7},
       2,
       1,
       1},
      {"just the least change, rounded",
       {.monitor = "v", .min_delta = 0.1, .patience = 1, .mode = "min"},
       {0.8, 0.7, 0.6},
       2,
       1,
       0.8},
      {"just the least change up, rounded",
       {.monitor = "v", .min_delta = 0.1, .patience = 1, .mode = "max"},
       {0.7, 0.8, 0.9},
       2,
       1,
       0.7},
      {"a late start",
       {.monitor = "v", .mode = "min", .start_from_epoch = 2},
       {1, 2, 3, 2, 3},
       5,
       4,
       2},
      {"a baseline that is reached",
       {.monitor = "v", .patience = 2, .mode = "min", .baseline = 2.0},
       {1, 0.9, 0.8, 0.85, 0.7},
       5,
       0,
       0.7},
      // Improvements that miss the baseline do not give patience back.
      {"a baseline that is missed",
       {.monitor = "v", .patience = 2, .mode = "min", .baseline = 0.5},
       {1, 0.9, 0.8, 0.85, 0.7},
       4,
       3,
       0.8},
      {"NaN later", {.monitor = "v", .patience = 1, .mode = "min"}, {1, kNaN, 0.5}, 2, 1, 1},
  };
  for (const Case& c : cases) {
    SCOPED_TRACE(c.about);
    const EarlyStopping stop(c.options);
    const History history = fit_scripted(small_model(), "v", c.values, stop);
    EXPECT_EQ(history.epoch().size(), static_cast<std::size_t>(c.epochs));
    EXPECT_EQ(stop.stopped_epoch(), c.stopped_epoch);
    EXPECT_EQ(stop.best(), c.best);
  }
}

TEST(EarlyStopping, IsUsedAgainFromTheStart) {
  const EarlyStopping stop({.monitor = "v", .mode = "min"});
  EXPECT_FALSE(stop.best());
  fit_scripted(small_model(), "v", {0.1, 0.2}, stop);
  fit_scripted(small_model(), "v", {1, 0.9}, stop);
  EXPECT_EQ(stop.stopped_epoch(), 0);
  EXPECT_EQ(stop.best(), 0.9);
  EXPECT_EQ(stop.best_epoch(), 1);
}

TEST(EarlyStopping, LeavesTheBestWeightsWhetherItStoppedOrNot) {
  for (const std::vector<double>& values :
       {std::vector<double>{3, 1, 2, 2.5}, std::vector<double>{3, 1, 2}}) {
    const Sequential model = small_model();
    std::vector<Tensor> kernels;
    const LambdaCallback record(
        {.on_epoch_end = [&](int, Logs&) { kernels.push_back(model.get_weights()[0]); }});
    const EarlyStopping stop(
        {.monitor = "v", .patience = 2, .mode = "min", .restore_best_weights = true});
    model.fit(four_rows(), four_targets(),
              {.epochs = static_cast<int>(values.size()),
               .verbose = 0,
               .callbacks = {scripted("v", values), record, stop}});
    EXPECT_TRUE(identical(model.get_weights()[0], kernels[1]));
    EXPECT_FALSE(identical(kernels[1], kernels.back()));
  }
}

TEST(EarlyStopping, TakesTheDirectionOfTheMetric) {
  Sequential model({Input({2}), Dense(1)});
  model.compile({.optimizer = "sgd", .loss = "mse", .metrics = {"accuracy"}});
  const EarlyStopping up({.monitor = "val_accuracy"});
  fit_scripted(model, "val_accuracy", {0.1, 0.2, 0.3}, up);
  EXPECT_EQ(up.best(), 0.3);
  const EarlyStopping down({.monitor = "val_loss"});
  fit_scripted(model, "val_loss", {0.1, 0.2, 0.3}, down);
  EXPECT_EQ(down.best(), 0.1);
}

TEST(EarlyStopping, SkipsEpochsWithoutValidation) {
  const EarlyStopping stop({.patience = 100});
  const History history = small_model().fit(four_rows(), four_targets(),
                                            {.epochs = 4,
                                             .verbose = 0,
                                             .callbacks = {stop},
                                             .validation_split = 0.5,
                                             .validation_freq = 2});
  EXPECT_EQ(history["val_loss"].size(), 2U);
  EXPECT_TRUE(stop.best());
}

TEST(EarlyStopping, SaysWhatItDoesWhenAsked) {
  const EarlyStopping stop(
      {.monitor = "v", .verbose = 1, .mode = "min", .restore_best_weights = true});
  ::testing::internal::CaptureStdout();
  fit_scripted(small_model(), "v", {1, 2}, stop);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(),
            "Epoch 2: early stopping\n"
            "Restoring model weights from the end of the best epoch: 1.\n");
}

TEST(EarlyStopping, NamesMistakes) {
  const auto fit_with = [](const EarlyStoppingOptions& options) {
    return error_of<ValueError>([&] {
      fit_scripted(small_model(), "v", {1, 2}, EarlyStopping(options));
    });
  };
  EXPECT_EQ(fit_with({.mode = "mim"}),
            "EarlyStopping: unknown mode \"mim\"; did you mean \"min\"?");
  EXPECT_EQ(fit_with({.patience = -1}), "EarlyStopping: expected patience of at least 0, got -1");
  EXPECT_EQ(fit_with({.monitor = "lost"}),
            "EarlyStopping: unknown log \"lost\"; did you mean \"loss\"?");
  EXPECT_EQ(fit_with({}),
            "EarlyStopping: expected \"val_loss\" in the logs, but fit does not validate; give it "
            "validation_split or validation_data");
  EXPECT_EQ(fit_with({.monitor = "v"}),
            "EarlyStopping: expected a mode for \"v\", whose direction is not known; give .mode = "
            "\"min\" or \"max\"");
  EXPECT_EQ(error_of<ValueError>([] {
              small_model().fit(four_rows(), four_targets(),
                                {.verbose = 0,
                                 .callbacks = {EarlyStopping({.monitor = "val_los"})},
                                 .validation_split = 0.5,
                                 .validation_freq = 2});
            }),
            "EarlyStopping: unknown log \"val_los\"; did you mean \"val_loss\"?");
}

}  // namespace
}  // namespace antler::testing
