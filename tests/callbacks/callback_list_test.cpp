#include "antler/models/callback_list.h"

#include <gtest/gtest.h>

#include "antler/callbacks/early_stopping.h"
#include "antler/core/error.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

Logs loss_of(double loss) {
  Logs logs;
  logs.set("loss", loss);
  return logs;
}

// A training loop by hand: callbacks in order, then History, which has what they added.
TEST(CallbackList, ServesALoopOfOnesOwn) {
  const Sequential model = small_model();
  std::string calls;
  const LambdaCallback first({.on_epoch_end =
                                  [&](int epoch, Logs& logs) {
                                    calls += "a";
                                    logs.set("seen", epoch + 1);
                                  },
                              .on_train_batch_end =
                                  [&](std::int64_t batch, const Logs& logs) {
                                    calls += std::to_string(batch);
                                    EXPECT_TRUE(logs.contains("loss"));
                                  }});
  const LambdaCallback second(
      {.on_epoch_end = [&](int, Logs& logs) { calls += logs.contains("seen") ? "b" : "?"; }});
  const EarlyStopping stop({.monitor = "loss"});
  CallbackList callbacks(model, {first, second, stop},
                         {.add_history = true, .params = {.verbose = 0, .epochs = 5, .steps = 2}});
  EXPECT_EQ(first.base().params().epochs, 5);
  callbacks.on_train_begin();
  Logs logs;
  for (int epoch = 0; epoch < 5 && !callbacks.stopping(); ++epoch) {
    callbacks.on_epoch_begin(epoch);
    for (int batch = 0; batch < 2; ++batch) {
      callbacks.on_train_batch_begin(batch);
      logs = model.train_on_batch(four_rows(), four_targets());
      callbacks.on_train_batch_end(batch, logs);
    }
    logs = loss_of(epoch < 2 ? 1 - 0.1 * epoch : 1.0);
    callbacks.on_epoch_end(epoch, logs);
  }
  callbacks.on_train_end(logs);
  EXPECT_EQ(calls, "01ab01ab01ab");
  EXPECT_EQ(stop.stopped_epoch(), 2);
  EXPECT_EQ(callbacks.history()["seen"], (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(callbacks.history()["loss"], (std::vector<double>{1, 0.9, 1}));
}

TEST(CallbackList, KeepsNoHistoryAndShowsNothingUnlessAsked) {
  const Sequential model = small_model();
  const auto shown = [&](const CallbackListOptions& options) {
    ::testing::internal::CaptureStdout();
    CallbackList callbacks(model, {}, options);
    callbacks.on_train_begin();
    callbacks.on_epoch_begin(0);
    callbacks.on_train_batch_end(0, loss_of(0.5));
    Logs logs = loss_of(0.5);
    callbacks.on_epoch_end(0, logs);
    callbacks.on_train_end(logs);
    EXPECT_EQ(callbacks.history().contains("loss"), options.add_history);
    return ::testing::internal::GetCapturedStdout();
  };
  EXPECT_EQ(shown({.params = {.epochs = 2, .steps = 1}}), "");
  const std::string text =
      shown({.add_history = true, .add_progbar = true, .params = {.epochs = 2, .steps = 1}});
  EXPECT_EQ(text.find("Epoch 1/2\n1/1 "), 0U) << text;
  EXPECT_NE(text.find("loss: 0.5000\n"), std::string::npos) << text;
}

TEST(CallbackList, GivesTheModelOnlyWhileItLives) {
  const LambdaCallback callback({.on_train_begin = [] {}});
  {
    const CallbackList callbacks(small_model(), {callback});
    EXPECT_EQ(callback.base().model().layers().size(), 1U);
  }
  EXPECT_EQ(error_of<StateError>([&] { callback.base().model(); }),
            "expected a model in the callback, got none; it is there from on_train_begin to the end");
}

TEST(CallbackList, NamesAnEndWithoutABeginning) {
  const Sequential model = small_model();
  CallbackList callbacks(model, {});
  EXPECT_EQ(error_of<StateError>([&] { callbacks.on_test_end(Logs()); }),
            "CallbackList: on_test_end: expected on_test_begin before it");
  callbacks.on_predict_begin();
  callbacks.on_predict_end();
  EXPECT_EQ(error_of<StateError>([&] { callbacks.on_train_end(Logs()); }),
            "CallbackList: on_train_end: expected on_train_begin before it");
}

// A test inside fit does not take back that training is to stop.
TEST(CallbackList, EvaluatingInACallbackDoesNotGoOn) {
  const Sequential model = small_model();
  const LambdaCallback stop({.on_epoch_end = [&](int, Logs&) {
    model.stop_training();
    model.evaluate(four_rows(), four_targets());
  }});
  const History history =
      model.fit(four_rows(), four_targets(), {.epochs = 3, .verbose = 0, .callbacks = {stop}});
  EXPECT_EQ(history.epoch().size(), 1U);
}

}  // namespace
}  // namespace antler::testing
