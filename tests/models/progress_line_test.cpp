#include "antler/models/progress_line.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "antler/models/progress_bar.h"

namespace antler {
namespace {

std::string marks(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "\u2501";
  return text;
}

// The texts are what keras.utils.Progbar prints for the same numbers.
TEST(ProgressLine, IsKerasBarWhileItRuns) {
  const ProgressLine line{.done = 5,
                          .target = 157,
                          .seconds = 9,
                          .seconds_per_step = 0.0174,
                          .values = {{"accuracy", 0.36507}, {"loss", 1.72241}}};
  EXPECT_EQ(progress_text(line), "\x1b[1m  5/157\x1b[0m \x1b[37m" + marks(20) +
                                     "\x1b[0m \x1b[1m2s\x1b[0m 17ms/step - accuracy: 0.3651 - "
                                     "loss: 1.7224");
}

TEST(ProgressLine, ColoursWhatIsDone) {
  const ProgressLine line{.done = 79, .target = 157, .seconds_per_step = 1.6};
  EXPECT_EQ(progress_text(line), "\x1b[1m 79/157\x1b[0m \x1b[32m" + marks(10) + "\x1b[0m\x1b[37m" +
                                     marks(10) + "\x1b[0m \x1b[1m2:04\x1b[0m 2s/step");
}

TEST(ProgressLine, EndsWithTheTimeThatPassed) {
  const ProgressLine line{.done = 2,
                          .target = 2,
                          .seconds = 0.3,
                          .seconds_per_step = 0.00042,
                          .finished = true,
                          .values = {{"loss", 1.72}, {"val_loss", 0.0005}}};
  EXPECT_EQ(progress_text(line), "\x1b[1m2/2\x1b[0m \x1b[32m" + marks(20) +
                                     "\x1b[0m\x1b[37m\x1b[0m \x1b[1m0s\x1b[0m 420us/step - loss: "
                                     "1.7200 - val_loss: 5.0000e-04");
}

TEST(ProgressLine, CountsWhenTheEndIsNotKnown) {
  const ProgressLine line{.done = 5, .seconds = 2, .seconds_per_step = 0.4};
  EXPECT_EQ(progress_text(line), "      5/Unknown \x1b[1m2s\x1b[0m 400ms/step");
}

TEST(ProgressLine, IsPlainWithoutATerminal) {
  const ProgressLine line{
      .done = 3, .target = 4, .seconds_per_step = 0, .styled = false, .utf8 = false};
  EXPECT_EQ(progress_text(line), "3/4 ===============..... 0s 0s/step");
}

TEST(ProgressLine, IsOneLineAnEpochWithVerbose2) {
  const ProgressLine line{.bar = false,
                          .done = 2,
                          .target = 12,
                          .seconds = 0.4,
                          .seconds_per_step = 0.008,
                          .finished = true,
                          .values = {{"a", 0.3016}, {"b", -0.5}}};
  EXPECT_EQ(progress_text(line), " 2/12 - 0s - 8ms/step - a: 0.3016 - b: -5.0000e-01");
}

TEST(ProgressLine, WritesTimesAsKeras) {
  const auto remaining = [](double seconds) {
    const std::string text = progress_text(
        {.done = 1, .target = 2, .seconds_per_step = seconds, .styled = false, .utf8 = false});
    return text.substr(25);
  };
  EXPECT_EQ(remaining(60), "60s 60s/step");
  EXPECT_EQ(remaining(61), "1:01 61s/step");
  EXPECT_EQ(remaining(3600), "60:00 3600s/step");
  EXPECT_EQ(remaining(3725), "1:02:05 3725s/step");
  EXPECT_EQ(remaining(0.001), "0s 1ms/step");
  EXPECT_EQ(remaining(0.0009), "0s 900us/step");
}

TEST(ProgressLine, WritesSmallValuesWithAnExponent) {
  const ProgressLine line{
      .bar = false, .done = 1, .target = 1, .values = {{"a", 0.002}, {"b", 0.001}}};
  EXPECT_EQ(progress_text(line), "1/1 - 0s - 0s/step - a: 0.0020 - b: 1.0000e-03");
}

TEST(ProgressLine, RedrawsOverTheWholeOldLine) {
  EXPECT_EQ(screen_width("\x1b[1mab\x1b[0m \u2501"), 4U);
  EXPECT_EQ(redrawn("ab", 0), "\rab");
  EXPECT_EQ(redrawn("a\u2501", 4), "\b\b\b\b\ra\u2501  ");
}

TEST(ProgressLine, ShowsNamesInKerasOrder) {
  Logs logs;
  for (const char* name : {"loss", "zeta", "accuracy", "val_zeta", "val_loss", "rate", "extra"}) {
    logs.set(name, 1);
  }
  std::string order;
  for (const auto& entry : in_shown_order(logs, {"loss", "zeta", "accuracy"})) {
    order += entry.first + " ";
  }
  EXPECT_EQ(order, "accuracy loss zeta val_loss val_zeta rate extra ");
}

TEST(ProgressBar, WritesOneLineAnEpochWhereNothingCanBeRedrawn) {
  Logs logs;
  logs.set("loss", 0.5);
  ::testing::internal::CaptureStdout();
  ProgressBar bar(1, {.verbose = 1, .epochs = 2, .steps = 3});
  for (int epoch = 0; epoch < 2; ++epoch) {
    bar.begin_epoch(epoch);
    for (int batch = 0; batch < 3; ++batch) {
      if (bar.wants_batch(batch)) bar.update(batch, logs);
    }
    bar.end(logs);
  }
  const std::string text = ::testing::internal::GetCapturedStdout();
  const std::string line = "3/3 ==================== 0s ";
  EXPECT_EQ(text.find("Epoch 1/2\n" + line), 0U);
  EXPECT_NE(text.find("/step - loss: 0.5000\nEpoch 2/2\n" + line), std::string::npos);
  EXPECT_EQ(text.find('\r'), std::string::npos);
}

// The first step compiles.
TEST(ProgressBar, LeavesTheFirstStepOutOfTheAverage) {
  const auto wait = [](int milliseconds) {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  };
  ::testing::internal::CaptureStdout();
  ProgressBar bar(2, {.verbose = 2, .epochs = 1, .steps = 3});
  bar.begin_epoch(0);
  wait(1500);
  for (int batch = 0; batch < 3; ++batch) {
    if (batch > 0) wait(20);
    if (bar.wants_batch(batch)) bar.update(batch, Logs());
  }
  bar.end(Logs());
  int time = 0;
  const std::string text = ::testing::internal::GetCapturedStdout();
  ASSERT_EQ(std::sscanf(text.c_str(), "3/3 - %*ds - %dms/step", &time), 1) << text;
  EXPECT_GE(time, 20);
  EXPECT_LT(time, 500);
}

TEST(ProgressBar, CountsOnWhenAnEpochIsLonger) {
  ::testing::internal::CaptureStdout();
  ProgressBar bar(2, {.verbose = 2, .epochs = 1, .steps = 2});
  bar.begin_epoch(0);
  for (int batch = 0; batch < 3; ++batch) bar.wants_batch(batch);
  bar.end(Logs());
  EXPECT_EQ(::testing::internal::GetCapturedStdout().find("3/3 - "), 0U);
}

TEST(ProgressBar, LearnsTheNumberOfStepsFromTheFirstEpoch) {
  ::testing::internal::CaptureStdout();
  ProgressBar bar(2, {.verbose = 2, .epochs = 1, .steps = 0});
  bar.begin_epoch(0);
  for (int batch = 0; batch < 12; ++batch) {
    if (bar.wants_batch(batch)) bar.update(batch, Logs());
  }
  bar.end(Logs());
  EXPECT_EQ(::testing::internal::GetCapturedStdout().find("12/12 - 0s - "), 0U);
}

}  // namespace
}  // namespace antler
