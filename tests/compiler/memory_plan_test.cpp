#include "antler/compiler/memory_plan.h"

#include <gtest/gtest.h>

#include "antler/core/random.h"

namespace antler {
namespace {

bool overlap(std::size_t a, std::size_t a_bytes, std::size_t b, std::size_t b_bytes) {
  return a < b + b_bytes && b < a + a_bytes;
}

TEST(MemoryPlan, BuffersAliveTogetherDoNotOverlap) {
  const RandomStream random(3, 0, 0);
  for (std::uint64_t round = 0; round < 50; ++round) {
    std::vector<Lifetime> lifetimes;
    std::size_t total = 0;
    for (std::uint64_t i = 0; i < 40; ++i) {
      const std::uint64_t e = round * 200 + i * 4;
      const std::size_t first = random.below(e, 30);
      lifetimes.push_back({random.below(e + 1, 5000), first, first + random.below(e + 2, 6)});
      total += lifetimes.back().bytes + 64;
    }
    const MemoryPlan plan = plan_memory(lifetimes);
    EXPECT_LT(plan.bytes, total);
    for (std::size_t i = 0; i < lifetimes.size(); ++i) {
      EXPECT_EQ(plan.offsets[i] % 64, 0U);
      EXPECT_LE(plan.offsets[i] + lifetimes[i].bytes, plan.bytes);
      for (std::size_t j = 0; j < i; ++j) {
        const bool together = lifetimes[i].first <= lifetimes[j].last &&
                              lifetimes[j].first <= lifetimes[i].last;
        EXPECT_FALSE(together && overlap(plan.offsets[i], lifetimes[i].bytes, plan.offsets[j],
                                         lifetimes[j].bytes));
      }
    }
  }
}

TEST(MemoryPlan, ReusesWhatIsFree) {
  const MemoryPlan plan = plan_memory({{1000, 0, 1}, {1000, 2, 3}, {1000, 4, 5}});
  EXPECT_EQ(plan.bytes, 1024U);
}

}  // namespace
}  // namespace antler
