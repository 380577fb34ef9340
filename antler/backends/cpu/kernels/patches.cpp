#include "antler/backends/cpu/kernels/patches.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/patches.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/window_walk-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

HWY_INLINE void add_run(const float* x, int64_t size, float* y) {
  for_each_vector(0, size, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    access.store(hn::Add(access.load(y + i), access.load(x + i)), y + i);
  });
}

// Calls inside(element of x, run length) and outside(run length) for the runs of each row, in
// order. Cells that are neighbours in x make one run.
template <class Inside, class Outside>
HWY_INLINE void for_each_run(const WindowGeometry& g, ChannelRange channels, int64_t begin,
                             int64_t end, const Inside& inside, const Outside& outside) {
  const bool joined = channels.count == g.channels && g.dilation[2] == 1;
  const int64_t row = g.in[2] * g.channels;
  const int64_t plane = g.in[1] * row;
  const int64_t cells = g.size[2] * channels.count;
  int64_t at[3] = {begin / (g.out[1] * g.out[2]), begin / g.out[2] % g.out[1], begin % g.out[2]};
  for (int64_t position = begin; position < end; ++position) {
    const int64_t base0 = at[0] * g.stride[0] - g.before[0];
    const int64_t base1 = at[1] * g.stride[1] - g.before[1];
    const int64_t base2 = at[2] * g.stride[2] - g.before[2];
    const CellRange range = cells_inside(g, 2, at[2]);
    for (int64_t a = 0; a < g.size[0]; ++a) {
      const int64_t p0 = base0 + a * g.dilation[0];
      for (int64_t b = 0; b < g.size[1]; ++b) {
        const int64_t p1 = base1 + b * g.dilation[1];
        if (p0 < 0 || p0 >= g.in[0] || p1 < 0 || p1 >= g.in[1]) {
          outside(cells);
          continue;
        }
        const int64_t start = p0 * plane + p1 * row + channels.first;
        if (range.first > 0) outside(range.first * channels.count);
        if (joined) {
          inside(start + (base2 + range.first) * g.channels,
                 (range.end - range.first) * channels.count);
        } else {
          for (int64_t c = range.first; c < range.end; ++c) {
            inside(start + (base2 + c * g.dilation[2]) * g.channels, channels.count);
          }
        }
        if (range.end < g.size[2]) outside((g.size[2] - range.end) * channels.count);
      }
    }
    if (++at[2] == g.out[2]) {
      at[2] = 0;
      if (++at[1] == g.out[1]) {
        at[1] = 0;
        ++at[0];
      }
    }
  }
}

void scatter(const WindowGeometry& g, ChannelRange channels, const float* rows, int64_t begin,
             int64_t end, float* x) {
  for_each_run(
      g, channels, begin, end,
      [&](int64_t element, int64_t run) ANTLER_INLINE_LAMBDA {
        add_run(rows, run, x + element);
        rows += run;
      },
      [&](int64_t run) ANTLER_INLINE_LAMBDA { rows += run; });
}

void add_all(const float* x, int64_t size, float* y) { add_run(x, size, y); }

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(scatter);
HWY_EXPORT(add_all);

void scatter_patches(const WindowGeometry& geometry, ChannelRange channels, const float* rows,
                     int64_t begin, int64_t end, float* x) noexcept {
  HWY_DYNAMIC_DISPATCH(scatter)(geometry, channels, rows, begin, end, x);
}
void add_to(const float* x, int64_t size, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(add_all)(x, size, y);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
