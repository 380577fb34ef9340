#include "antler/models/progbar.h"

#include <gtest/gtest.h>

#include "antler/core/error.h"

namespace antler::utils {
namespace {

// Standard output is no terminal here: only the ends are printed.
template <class F>
std::string printed(F f) {
  ::testing::internal::CaptureStdout();
  f();
  return ::testing::internal::GetCapturedStdout();
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

TEST(Progbar, PrintsItsEndOnce) {
  const std::string text = printed([] {
    Progbar bar(3);
    for (std::int64_t step = 1; step <= 3; ++step) bar.update(step, {{"loss", 0.5}, {"a", 2}});
  });
  EXPECT_TRUE(text.starts_with("3/3 ==================== 0s ")) << text;
  EXPECT_TRUE(ends_with(text, "/step - loss: 0.5000 - a: 2.0000\n")) << text;
}

TEST(Progbar, AveragesWhatIsNotStateful) {
  const std::string text = printed([] {
    Progbar bar(10, {.verbose = 2, .stateful_metrics = std::vector<std::string>{"rate"}});
    bar.add(1, {{"loss", 4}, {"rate", 4}});
    bar.add(3, {{"loss", 2}, {"rate", 2}});
    bar.update(8, {}, true);  // the mean over 4 steps; values of the last would stand alone
  });
  EXPECT_TRUE(ends_with(text, "/step - loss: 2.5000 - rate: 2.0000\n")) << text;
  EXPECT_TRUE(text.starts_with(" 8/10 - 0s - ")) << text;
  const std::string last = printed([] {
    Progbar bar(2, {.verbose = 2, .stateful_metrics = std::vector<std::string>{}});
    bar.add(1, {{"loss", 4}});
    bar.add(1, {{"loss", 2}});
  });
  EXPECT_TRUE(ends_with(last, "/step - loss: 2.0000\n")) << last;
}

TEST(Progbar, TakesAWidthAndAUnit) {
  const std::string text = printed([] {
    Progbar bar(2, {.width = 4, .unit_name = "epoch"});
    bar.update(2);
  });
  EXPECT_TRUE(text.starts_with("2/2 ==== 0s ")) << text;
  EXPECT_TRUE(ends_with(text, "/epoch\n")) << text;
}

TEST(Progbar, CountsWhenTheTargetIsNotKnown) {
  const std::string text = printed([] {
    Progbar bar(0);
    bar.update(7);
    bar.update(9, {}, true);
  });
  EXPECT_TRUE(text.starts_with("      9/Unknown ")) << text;
}

TEST(Progbar, IsSilentWithVerbose0) {
  EXPECT_EQ(printed([] { Progbar(1, {.verbose = 0}).update(1, {{"loss", 1}}); }), "");
}

TEST(Progbar, RefusesWhatItCannotDraw) {
  EXPECT_THROW(Progbar(-1), ValueError);
  EXPECT_THROW(Progbar(1, {.width = 0}), ValueError);
}

}  // namespace
}  // namespace antler::utils
