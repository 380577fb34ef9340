#include "antler/core/float_mode.h"

#include <gtest/gtest.h>

#include <array>

#include "antler/core/thread_pool.h"

namespace antler {
namespace {

// Not computed by the compiler, which knows no float mode.
float twice_a_denormal() {
  volatile float tiny = 1e-39F;
  return tiny * 2;
}

TEST(FloatMode, FlushesDenormalsWhileItIsAsked) {
  EXPECT_GT(twice_a_denormal(), 0);
  {
    const FlushDenormals flush;
    EXPECT_EQ(twice_a_denormal(), 0);
    {
      const FlushDenormals again;
      EXPECT_EQ(twice_a_denormal(), 0);
    }
    EXPECT_EQ(twice_a_denormal(), 0) << "the inner one was not the first";
  }
  EXPECT_GT(twice_a_denormal(), 0);
}

// Helpers work as the thread whose job it is; else bits would depend on who takes a block.
TEST(FloatMode, IsThatOfTheCallerInAllThreads) {
  constexpr std::int64_t kBlocks = 64;
  const int before = num_threads();
  set_num_threads(4);
  const auto flushed = [] {
    std::array<int, kBlocks> found = {};
    parallel_for(kBlocks, [&](std::int64_t i) {
      volatile double work = 1;  // so that the helpers get some of the blocks
      for (int k = 0; k < 20'000; ++k) work = work * 0.5 + 1;
      found[static_cast<std::size_t>(i)] = twice_a_denormal() == 0 ? 1 : 0;
    });
    int count = 0;
    for (const int each : found) count += each;
    return count;
  };
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(flushed(), 0);
    const FlushDenormals flush;
    EXPECT_EQ(flushed(), kBlocks);
  }
  set_num_threads(before);
}

}  // namespace
}  // namespace antler
