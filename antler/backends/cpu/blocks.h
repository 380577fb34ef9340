#pragma once

#include <algorithm>
#include <cstdint>

#include "antler/core/thread_pool.h"

namespace antler::cpu {

/// Runs f(begin, end) over [0, size), in blocks of `block` for the pool when there is enough work.
/// The cut follows from the size alone, and no element's bits depend on it, so any number of
/// threads gives the same bits.
///
/// `work` is the cost of one element in some elementary operations; below kParallelWork in all the
/// caller runs alone: waking a thread costs more.
inline constexpr std::int64_t kParallelWork = 4'000'000;

template <class F>
void for_blocks(std::int64_t size, std::int64_t block, std::int64_t work, F&& f) {
  if (size * work < kParallelWork || size <= block) {
    f(std::int64_t{0}, size);
    return;
  }
  parallel_for((size + block - 1) / block, [&](std::int64_t i) {
    f(i * block, std::min(size, (i + 1) * block));
  });
}

}  // namespace antler::cpu
