#include <algorithm>

#include "antler/compiler/memory_plan.h"
#include "tests/support/arbitrary.h"

namespace antler::testing {
namespace {

constexpr std::int64_t kSteps = 12;

RC_GTEST_PROP(MemoryPlanProperty, NoTwoLiveBuffersOverlap, ()) {
  std::vector<Lifetime> lifetimes(static_cast<std::size_t>(any_number(0, 25)));
  for (Lifetime& lifetime : lifetimes) {
    const std::int64_t first = any_number(0, kSteps - 1);
    lifetime = {static_cast<std::size_t>(any_number(0, 300)), static_cast<std::size_t>(first),
                static_cast<std::size_t>(any_number(first, kSteps - 1))};
  }
  const MemoryPlan plan = plan_memory(lifetimes);
  RC_ASSERT(plan.offsets.size() == lifetimes.size());
  std::size_t most = 0;
  for (std::size_t step = 0; step < kSteps; ++step) {
    // The buffers alive at this step, as ranges in order: each ends before the next begins.
    std::vector<std::pair<std::size_t, std::size_t>> ranges;
    std::size_t alive = 0;
    for (std::size_t i = 0; i < lifetimes.size(); ++i) {
      if (lifetimes[i].first > step || lifetimes[i].last < step) continue;
      ranges.emplace_back(plan.offsets[i], plan.offsets[i] + lifetimes[i].bytes);
      alive += lifetimes[i].bytes;
    }
    std::sort(ranges.begin(), ranges.end());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      RC_ASSERT(ranges[i].first % 64 == 0U);
      RC_ASSERT(ranges[i].second <= (i + 1 < ranges.size() ? ranges[i + 1].first : plan.bytes));
    }
    most = std::max(most, alive);
  }
  RC_ASSERT(plan.bytes >= most);
}

}  // namespace
}  // namespace antler::testing
