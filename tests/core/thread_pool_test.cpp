#include "antler/core/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

class ThreadPoolTest : public ::testing::TestWithParam<int> {
 protected:
  void SetUp() override {
    before_ = num_threads();
    set_num_threads(GetParam());
  }
  void TearDown() override { set_num_threads(before_); }

 private:
  int before_ = 1;
};

TEST_P(ThreadPoolTest, RunsEachBlockOnce) {
  for (int round = 0; round < 200; ++round) {
    std::vector<std::atomic<int>> counts(37);
    parallel_for(37, [&](std::int64_t i) { ++counts[static_cast<std::size_t>(i)]; });
    for (const auto& count : counts) ASSERT_EQ(count, 1);
  }
}

TEST_P(ThreadPoolTest, NestedWorkRunsInPlace) {
  std::atomic<int> total{0};
  parallel_for(8, [&](std::int64_t) { parallel_for(8, [&](std::int64_t) { ++total; }); });
  EXPECT_EQ(total, 64);
}

TEST_P(ThreadPoolTest, NoBlocksIsNoWork) {
  parallel_for(0, [](std::int64_t) { FAIL(); });
}

TEST_P(ThreadPoolTest, SeveralCallersAtOnce) {
  std::atomic<int> total{0};
  std::vector<std::thread> callers;
  for (int t = 0; t < 4; ++t) {
    callers.emplace_back([&] {
      for (int i = 0; i < 50; ++i) parallel_for(5, [&](std::int64_t) { ++total; });
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(total, 1000);
}

INSTANTIATE_TEST_SUITE_P(Threads, ThreadPoolTest, ::testing::Values(1, 2, 3));

TEST(SetNumThreads, RefusesLessThanOne) { EXPECT_THROW(set_num_threads(0), ValueError); }

}  // namespace
}  // namespace antler
