#include "antler/core/thread_pool.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <cstdlib>
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

// The caller is done at once, the other thread has much left to do.
TEST(ParallelFor, ReturnsWhenTheLastBlockIsDone) {
  const int before = num_threads();
  set_num_threads(2);
  if (num_threads() == 2) {
    const std::thread::id caller = std::this_thread::get_id();
    for (int round = 0; round < 5; ++round) {
      std::atomic<bool> started{false}, finished{false};
      parallel_for(2, [&](std::int64_t) {
        if (std::this_thread::get_id() == caller) {
          while (!started) std::this_thread::yield();
          return;
        }
        started = true;
        for (int i = 0; i < 1000; ++i) std::this_thread::yield();
        finished = true;
      });
      EXPECT_TRUE(finished);
    }
  }
  set_num_threads(before);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ANTLER_IS_SANITIZED 1
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ANTLER_IS_SANITIZED 1
#endif

// Room for the stacks of some threads, not of 200.
[[noreturn]] void run_where_threads_are_few() {
  const rlimit limit{300U << 20, 300U << 20};
  setrlimit(RLIMIT_AS, &limit);
  set_num_threads(200);
  std::atomic<int> blocks{0};
  parallel_for(10, [&](std::int64_t) { ++blocks; });
  std::exit(blocks == 10 ? 0 : 1);
}

TEST(ParallelForDeathTest, WorksAloneWhereTooFewThreadsAreGranted) {
#ifdef ANTLER_IS_SANITIZED
  GTEST_SKIP() << "a sanitizer needs more address space";
#endif
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(run_where_threads_are_few(), ::testing::ExitedWithCode(0), "");
}

TEST(SetNumThreads, RefusesLessThanOne) { EXPECT_THROW(set_num_threads(0), ValueError); }

}  // namespace
}  // namespace antler
