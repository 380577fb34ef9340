#include <atomic>

#include "antler/core/thread_pool.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

class KeepThreads {
 public:
  KeepThreads() = default;
  KeepThreads(const KeepThreads&) = delete;
  KeepThreads& operator=(const KeepThreads&) = delete;
  ~KeepThreads() { set_num_threads(before_); }

 private:
  int before_ = num_threads();
};

RC_GTEST_PROP(ParallelForProperty, RunsEachBlockOnce, ()) {
  const KeepThreads keep;
  set_num_threads(static_cast<int>(any_number(1, 4)));
  const std::int64_t blocks = any_number(0, 300);
  std::vector<std::atomic<int>> counts(static_cast<std::size_t>(blocks));
  const int rounds = 3;
  for (int round = 0; round < rounds; ++round) {
    parallel_for(blocks, [&](std::int64_t i) { ++counts.at(static_cast<std::size_t>(i)); });
  }
  for (const auto& count : counts) RC_ASSERT(count == rounds);
}

}  // namespace
}  // namespace antler::testing
