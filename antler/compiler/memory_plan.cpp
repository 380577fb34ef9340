#include "antler/compiler/memory_plan.h"

#include <algorithm>
#include <numeric>

namespace antler {
namespace {

constexpr std::size_t kAlignment = 64;

std::size_t padded(std::size_t bytes) {
  return (std::max(bytes, std::size_t{1}) + kAlignment - 1) / kAlignment * kAlignment;
}

struct Placed {
  std::size_t begin, end;
  Lifetime lifetime;
};

bool overlaps(const Lifetime& a, const Lifetime& b) {
  return a.first <= b.last && b.first <= a.last;
}

}  // namespace

MemoryPlan plan_memory(const std::vector<Lifetime>& lifetimes) {
  std::vector<std::size_t> order(lifetimes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return lifetimes[a].bytes > lifetimes[b].bytes;
  });
  MemoryPlan plan;
  plan.offsets.resize(lifetimes.size());
  std::vector<Placed> placed;  // sorted by begin
  for (const std::size_t i : order) {
    const std::size_t bytes = padded(lifetimes[i].bytes);
    std::size_t offset = 0;
    for (const Placed& other : placed) {
      if (!overlaps(other.lifetime, lifetimes[i])) continue;
      if (other.begin >= offset + bytes) break;
      offset = std::max(offset, other.end);
    }
    plan.offsets[i] = offset;
    plan.bytes = std::max(plan.bytes, offset + bytes);
    const Placed mine{offset, offset + bytes, lifetimes[i]};
    placed.insert(std::upper_bound(placed.begin(), placed.end(), mine,
                                   [](const Placed& a, const Placed& b) {
                                     return a.begin < b.begin;
                                   }),
                  mine);
  }
  return plan;
}

}  // namespace antler
