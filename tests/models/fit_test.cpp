#include <gtest/gtest.h>

#include "antler/callbacks/lambda_callback.h"
#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/models/training_data.h"
#include "antler/regularizers/l1_l2.h"
#include "tests/models/data.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using Names = std::vector<std::string>;

TEST(Fit, SplitsOffTheTailForValidation) {
  const Sequential model =
      line_model({.optimizer = SGD({.learning_rate = 0.05}), .loss = "mse", .metrics = {"mae"}});
  const History history = model.fit(
      seven_rows(), seven_targets(),
      {.batch_size = 2, .epochs = 2, .verbose = 0, .validation_split = 0.3, .shuffle = false});
  EXPECT_EQ(names_in(history), (Names{"loss", "mae", "val_loss", "val_mae"}));
  expect_values(history, "loss", {1.308125, 0.417267});
  expect_values(history, "mae", {0.9375, 0.574844});
  expect_values(history, "val_loss", {1.390323, 0.831553});
  expect_values(history, "val_mae", {0.8975, 0.726381});
  EXPECT_TRUE(is_near(model.get_weights()[0], Tensor{{1.4321}, {1.1933438}}, 1e-5));
}

TEST(Fit, WeighsSamples) {
  const Sequential model = line_model({.optimizer = SGD({.learning_rate = 0.05}),
                                       .loss = "mse",
                                       .metrics = {"mae"},
                                       .weighted_metrics = {"mae"}});
  const History history = model.fit(seven_rows(), seven_targets(),
                                    {.batch_size = 3,
                                     .epochs = 2,
                                     .verbose = 0,
                                     .shuffle = false,
                                     .sample_weight = Tensor{1, 2, 3, 4, 5, 6, 7}});
  EXPECT_EQ(names_in(history), (Names{"loss", "mae", "weighted_mae"}));
  expect_values(history, "loss", {8.579277, 20.626354});
  expect_values(history, "mae", {1.107937, 1.98951});
  expect_values(history, "weighted_mae", {1.287699, 1.939911});
}

TEST(Fit, WeighsClasses) {
  const Sequential model(
      {Input({2}), Dense(3, {.activation = "softmax", .kernel_initializer = "ones"})});
  model.compile({.optimizer = SGD({.learning_rate = 0.5}),
                 .loss = "sparse_categorical_crossentropy",
                 .metrics = {"accuracy"}});
  const Tensor labels = Tensor::from<std::int64_t>({0, 1, 2, 0, 1, 2, 0});
  const History history = model.fit(seven_rows(), labels,
                                    {.batch_size = 4,
                                     .epochs = 2,
                                     .verbose = 0,
                                     .shuffle = false,
                                     .class_weight = {{0, 2.0}, {2, 0.5}}});
  expect_values(history, "loss", {1.334208, 0.971688});
  expect_values(history, "accuracy", {0.428571, 0.571429});
}

TEST(WeightsOfClasses, CountTheLargestColumnAndOneForTheRest) {
  const Tensor soft{{0.1, 0.6, 0.3}, {0.2, 0.3, 0.5}, {1, 0, 0}};
  EXPECT_TRUE(identical(weights_of_classes(soft, {{1, 3.0}, {2, 5.0}}), Tensor{3, 5, 1}));
}

TEST(Fit, AddsRegularizersToTheLossAndToEvaluate) {
  const Sequential model = line_model({.optimizer = SGD({.learning_rate = 0.05}), .loss = "mse"},
                                      regularizers::L2({.l2 = 0.1}));
  expect_values(model.fit(seven_rows(), seven_targets(),
                          {.batch_size = 3, .epochs = 2, .verbose = 0, .shuffle = false}),
                "loss", {2.070352, 0.762664});
  EXPECT_NEAR(model.evaluate(seven_rows(), seven_targets())["loss"], 0.5480776, 1e-5);
}

// Rows, batch and the steps of each epoch.
TEST(Fit, KeepsTheLastBatch) {
  struct Case {
    std::int64_t rows, batch, steps;
  };
  for (const Case& c : {Case{5000, 32, 157}, Case{64, 32, 2}, Case{31, 32, 1}, Case{7, 1, 7}}) {
    const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
    std::int64_t batches = 0;
    const LambdaCallback count(
        {.on_train_batch_end = [&](std::int64_t, const Logs&) { ++batches; }});
    model.fit(Tensor::ones({c.rows, 2}), Tensor::ones({c.rows, 1}),
              {.batch_size = c.batch, .verbose = 0, .callbacks = {count}});
    EXPECT_EQ(batches, c.steps) << c.rows;
  }
}

TEST(Fit, CountsEpochsFromInitialEpoch) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  const History history =
      model.fit(seven_rows(), seven_targets(), {.epochs = 5, .verbose = 0, .initial_epoch = 3});
  EXPECT_EQ(history.epoch(), (std::vector<int>{3, 4}));
  EXPECT_EQ(model.fit(seven_rows(), seven_targets(), {.epochs = 0, .verbose = 0}).epoch().size(),
            0U);
}

TEST(Fit, TakesSoManyStepsAnEpoch) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  std::string calls;
  const LambdaCallback watch({.on_epoch_begin = [&](int) { calls += "|"; },
                              .on_train_batch_begin = [&](std::int64_t) { calls += "."; }});
  model.fit(
      seven_rows(), seven_targets(),
      {.batch_size = 2, .epochs = 3, .verbose = 0, .callbacks = {watch}, .steps_per_epoch = 3});
  EXPECT_EQ(calls, "|...|...|...");
}

// With next to no rate the losses tell which rows were seen: 0, 1, 1, 4, 9, 0 and 1 are theirs.
TEST(Fit, GoesOnInTheDataFromEpochToEpoch) {
  const Sequential model = line_model({.optimizer = SGD({.learning_rate = 1e-12}), .loss = "mse"});
  const History history = model.fit(
      seven_rows(), seven_targets(),
      {.batch_size = 2, .epochs = 3, .verbose = 0, .shuffle = false, .steps_per_epoch = 3});
  expect_values(history, "loss", {15.0 / 6, 7.0 / 5, 11.0 / 5});
}

TEST(Evaluate, TakesSoManySteps) {
  const Sequential model = line_model({.optimizer = SGD({.learning_rate = 1e-12}), .loss = "mse"});
  EXPECT_NEAR(model.evaluate(seven_rows(), seven_targets(), {.batch_size = 2, .steps = 2})["loss"],
              6.0 / 4, 1e-6);
  const History history =
      model.fit(seven_rows(), seven_targets(),
                {.verbose = 0,
                 .validation_data = ValidationData{seven_rows(), seven_targets(), {}},
                 .validation_steps = 1,
                 .validation_batch_size = 5});
  expect_values(history, "val_loss", {15.0 / 5});
}

TEST(Fit, ValidatesAsOftenAsAsked) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse", .metrics = {"mae"}});
  const History history =
      model.fit(seven_rows(), seven_targets(),
                {.epochs = 5,
                 .verbose = 0,
                 .validation_data = ValidationData{seven_rows(), seven_targets(), {}},
                 .validation_batch_size = 3,
                 .validation_freq = 2});
  EXPECT_EQ(history["loss"].size(), 5U);
  EXPECT_EQ(history["val_loss"].size(), 2U);
}

TEST(Fit, ValidatesWithTheNumbersOfEvaluate) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse", .metrics = {"mae"}});
  const History history =
      model.fit(seven_rows(), seven_targets(),
                {.verbose = 0,
                 .validation_data = ValidationData{seven_rows(), seven_targets(), {}},
                 .validation_batch_size = 2});
  const Logs logs = model.evaluate(seven_rows(), seven_targets(), {.batch_size = 2});
  EXPECT_EQ(names_in(logs), (Names{"loss", "mae"}));
  EXPECT_EQ(logs["loss"], history["val_loss"][0]);
  EXPECT_EQ(logs["mae"], history["val_mae"][0]);
}

TEST(Fit, ShufflesUnlessToldNotTo) {
  const auto weights = [](bool shuffle, std::uint64_t seed) {
    set_random_seed(seed);
    const Sequential model = line_model({.optimizer = SGD({.learning_rate = 0.05}), .loss = "mse"});
    model.fit(seven_rows(), seven_targets(), {.batch_size = 2, .verbose = 0, .shuffle = shuffle});
    return model.get_weights()[0];
  };
  EXPECT_TRUE(identical(weights(false, 1), weights(false, 2)));
  EXPECT_TRUE(identical(weights(true, 1), weights(true, 1)));
  EXPECT_FALSE(identical(weights(true, 1), weights(true, 2)));
}

// A program reads its inputs as the type it was made for.
TEST(TrainOnBatch, TakesAnotherProgramForAnotherType) {
  const Tensor x{{1, 2}, {3, 4}};
  const Tensor y{{1}, {2}};
  for (const DType type : {DType::int32, DType::uint8, DType::float64}) {
    const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
    const double loss = model.test_on_batch(x, y)["loss"];
    EXPECT_EQ(model.test_on_batch(x.astype(type), y)["loss"], loss) << name(type);
    EXPECT_EQ(model.test_on_batch(x, y.astype(type))["loss"], loss) << name(type);
  }
}

TEST(TrainOnBatch, ReturnsThatBatchAlone) {
  const Sequential model =
      line_model({.optimizer = SGD({.learning_rate = 0.05}), .loss = "mse", .metrics = {"mae"}});
  const Logs first = model.train_on_batch(seven_rows(), seven_targets());
  EXPECT_NEAR(first["loss"], 2.2857144, 1e-5);
  EXPECT_NEAR(first["mae"], 1.1428572, 1e-5);
  const Logs second = model.train_on_batch(seven_rows(), seven_targets());
  EXPECT_NEAR(second["loss"], 1.1174053, 1e-5);
  EXPECT_NEAR(second["mae"], 0.8224490, 1e-5);
  const Logs test = model.test_on_batch(seven_rows(), seven_targets());
  EXPECT_NEAR(test["loss"], 0.5998567, 1e-5);
  EXPECT_NEAR(test["mae"], 0.6072303, 1e-5);
}

TEST(Evaluate, ShowsABarWhenAsked) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse", .metrics = {"mae"}});
  ::testing::internal::CaptureStdout();
  model.evaluate(seven_rows(), seven_targets(), {.batch_size = 2, .verbose = 1});
  const std::string bar = ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(bar.find("4/4 ==================== 0s "), 0U) << bar;
  EXPECT_NE(bar.find("/step - loss: 2.2857 - mae: 1.1429\n"), std::string::npos) << bar;
  ::testing::internal::CaptureStdout();
  model.predict(seven_rows(), {.batch_size = 2, .verbose = 2});
  EXPECT_EQ(::testing::internal::GetCapturedStdout().find("4/4 - 0s - "), 0U);
}

// Keras calls the user's callbacks, then History, then shows the bar.
TEST(Fit, CallsCallbacksInKerasOrder) {
  struct Record : CallbackBase {
    explicit Record(std::string& out, std::string name) : out_(out), name_(std::move(name)) {}
    void on_train_begin() override { out_ += name_ + ":train "; }
    void on_train_end(const Logs&) override { out_ += name_ + ":done "; }
    void on_epoch_begin(int) override { out_ += name_ + ":epoch "; }
    void on_epoch_end(int, Logs& logs) override {
      out_ += name_ + ":end ";
      logs.set(name_, 1);
    }
    void on_train_batch_begin(std::int64_t) override { out_ += name_ + ":batch "; }
    void on_train_batch_end(std::int64_t, const Logs&) override { out_ += name_ + ":trained "; }
    void on_test_begin() override { out_ += name_ + ":test "; }
    void on_test_end(const Logs&) override { out_ += name_ + ":tested "; }
    void on_test_batch_begin(std::int64_t) override { out_ += name_ + ":tbatch "; }
    void on_test_batch_end(std::int64_t, const Logs&) override { out_ += name_ + ":tend "; }
    std::string& out_;
    std::string name_;
  };
  std::string calls;
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  ::testing::internal::CaptureStdout();
  const History history = model.fit(
      seven_rows(), seven_targets(),
      {.verbose = 2,
       .callbacks = {make_callback<Record>(calls, "a"), make_callback<Record>(calls, "b")},
       .validation_split = 0.5});
  const std::string shown = ::testing::internal::GetCapturedStdout();
  EXPECT_EQ(calls,
            "a:train b:train a:epoch b:epoch a:batch b:batch a:trained b:trained a:test b:test "
            "a:tbatch b:tbatch a:tend b:tend a:tested b:tested a:end b:end a:done b:done ");
  EXPECT_TRUE(history.contains("a"));
  EXPECT_NE(shown.find(" - a: 1.0000 - b: 1.0000\n"), std::string::npos) << shown;
}

TEST(Fit, StopsWhenACallbackSaysSo) {
  const Sequential model = line_model({.optimizer = "sgd", .loss = "mse"});
  std::int64_t batches = 0;
  const LambdaCallback stop({.on_train_batch_end = [&](std::int64_t, const Logs&) {
    if (++batches == 2) model.stop_training();
  }});
  const History history =
      model.fit(seven_rows(), seven_targets(),
                {.batch_size = 1, .epochs = 9, .verbose = 0, .callbacks = {stop}});
  EXPECT_EQ(batches, 2);
  EXPECT_EQ(history.epoch().size(), 1U);
  model.fit(seven_rows(), seven_targets(), {.verbose = 0});
  EXPECT_FALSE(model.is_stopping()) << "the next fit trains again";
}

}  // namespace
}  // namespace antler::testing
