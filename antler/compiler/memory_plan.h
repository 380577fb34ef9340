#pragma once

#include <cstddef>
#include <vector>

namespace antler {

/// A buffer that lives from step `first` to step `last`, both included.
struct Lifetime {
  std::size_t bytes = 0;
  std::size_t first = 0;
  std::size_t last = 0;
};

struct MemoryPlan {
  std::vector<std::size_t> offsets;  // one a lifetime, multiples of 64
  std::size_t bytes = 0;
};

/// Places buffers so that those alive at the same step do not overlap: largest first, each in the
/// lowest gap that fits (the usual greedy plan; within a few per cent of the best in practice).
MemoryPlan plan_memory(const std::vector<Lifetime>& lifetimes);

}  // namespace antler
