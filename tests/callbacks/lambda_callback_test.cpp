#include "antler/callbacks/lambda_callback.h"

#include <gtest/gtest.h>

#include "antler/callbacks/progbar_logger.h"
#include "tests/callbacks/scripted.h"

namespace antler::testing {
namespace {

TEST(LambdaCallback, CallsWhatItWasGiven) {
  std::string calls;
  const LambdaCallback callback({
      .on_epoch_begin = [&](int epoch) { calls += "epoch " + std::to_string(epoch) + "\n"; },
      .on_epoch_end = [&](int, Logs& logs) { calls += logs.contains("loss") ? "end\n" : "?"; },
      .on_train_begin = [&] { calls += "train\n"; },
      .on_train_end = [&](const Logs& logs) { calls += logs.contains("loss") ? "done\n" : "?"; },
      .on_train_batch_begin = [&](std::int64_t batch) { calls += std::to_string(batch); },
      .on_train_batch_end = [&](std::int64_t,
                                const Logs& logs) { calls += logs["loss"] > 0 ? "+\n" : "?"; },
  });
  small_model().fit(four_rows(), four_targets(),
                    {.batch_size = 3, .verbose = 0, .callbacks = {callback}});
  EXPECT_EQ(calls, "train\nepoch 0\n0+\n1+\nend\ndone\n");
}

TEST(LambdaCallback, HasTheHooksOfTestsAndPredictions) {
  std::string calls;
  const LambdaCallback callback({
      .on_test_begin = [&] { calls += "test\n"; },
      .on_test_end = [&](const Logs& logs) { calls += logs.contains("loss") ? "done\n" : "?"; },
      .on_test_batch_begin = [&](std::int64_t batch) { calls += std::to_string(batch); },
      .on_test_batch_end = [&](std::int64_t,
                               const Logs& logs) { calls += logs["loss"] > 0 ? "+\n" : "?"; },
      .on_predict_begin = [&] { calls += "predict\n"; },
      .on_predict_end = [&] { calls += "done\n"; },
      .on_predict_batch_begin = [&](std::int64_t batch) { calls += std::to_string(batch); },
      .on_predict_batch_end = [&](std::int64_t) { calls += "+\n"; },
  });
  const Sequential model = small_model();
  model.evaluate(four_rows(), four_targets(), {.batch_size = 3, .callbacks = {callback}});
  model.predict(four_rows(), {.batch_size = 3, .callbacks = {callback}});
  EXPECT_EQ(calls, "test\n0+\n1+\ndone\npredict\n0+\n1+\ndone\n");
}

TEST(LambdaCallback, AsksForLogsOfBatchesOnlyWhenItUsesThem) {
  EXPECT_FALSE(LambdaCallback({.on_epoch_begin = [](int) {}}).hooks().train_batches);
  EXPECT_TRUE(LambdaCallback({.on_train_batch_begin = [](std::int64_t) {}}).hooks().train_batches);
  EXPECT_TRUE(LambdaCallback({.on_test_batch_begin = [](std::int64_t) {}}).hooks().test_batches);
  EXPECT_FALSE(LambdaCallback({.on_test_begin = [] {}}).hooks().test_batches);
}

TEST(ProgbarLogger, ShowsTheBarOfASilentFit) {
  const auto shown = [](int verbose) {
    ::testing::internal::CaptureStdout();
    small_model().fit(four_rows(), four_targets(),
                      {.epochs = 2, .verbose = verbose, .callbacks = {ProgbarLogger()}});
    return ::testing::internal::GetCapturedStdout();
  };
  const std::string bar = shown(0);
  EXPECT_EQ(bar.find("Epoch 1/2\n1/1 ===================="), 0U);
  EXPECT_NE(bar.find("Epoch 2/2\n1/1 "), std::string::npos);
  EXPECT_NE(bar.find("s/step - loss: "), std::string::npos);
  const std::string lines = shown(2);
  EXPECT_EQ(lines.find("===="), std::string::npos) << "fit shows its own lines already";
}

}  // namespace
}  // namespace antler::testing
