// Walks the windows of an image.
//
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_CPU_WINDOW_WALK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_CPU_WINDOW_WALK_INL_H_
#undef ANTLER_CPU_WINDOW_WALK_INL_H_
#else
#define ANTLER_CPU_WINDOW_WALK_INL_H_
#endif

#include <algorithm>

#include "antler/backends/cpu/kernels/math-inl.h"
#include "antler/backends/cpu/kernels/window_geometry.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

// The cells of a window that lie inside the image along one axis: [first, end).
struct CellRange {
  int64_t first, end;
};
HWY_INLINE CellRange cells_inside(const WindowGeometry& g, int axis, int64_t out) {
  const int64_t base = out * g.stride[axis] - g.before[axis];
  const int64_t dilation = g.dilation[axis];
  int64_t first = 0;
  int64_t end = g.size[axis];
  if (base < 0) first = std::min(end, (-base + dilation - 1) / dilation);
  if (base + (end - 1) * dilation >= g.in[axis]) {
    end = std::max(first, (g.in[axis] - base + dilation - 1) / dilation);
  }
  return {first, end};
}

// One window: the cells inside the image, as elements of x and cells of the kernel.
struct WindowCells {
  int64_t x;     // the element where channel 0 of the first cell inside stands
  int64_t cell;  // its number in the window
  int64_t counts[3];
  int64_t x_steps[3];
  int64_t cell_steps[3];

  // Calls f(element of x, number of the cell), row-major.
  template <class F>
  HWY_INLINE void for_each(const F& f) const {
    for (int64_t a = 0; a < counts[0]; ++a) {
      for (int64_t b = 0; b < counts[1]; ++b) {
        int64_t element = x + a * x_steps[0] + b * x_steps[1];
        int64_t number = cell + a * cell_steps[0] + b * cell_steps[1];
        for (int64_t c = 0; c < counts[2]; ++c) {
          f(element, number);
          element += x_steps[2];
          ++number;
        }
      }
    }
  }
};

// Calls f(output position, window) for each window of the image.
template <class F>
HWY_INLINE void for_each_window(const WindowGeometry& g, const F& f) {
  const int64_t place[3] = {g.in[1] * g.in[2] * g.channels, g.in[2] * g.channels, g.channels};
  WindowCells window;
  for (int axis = 0; axis < 3; ++axis) window.x_steps[axis] = g.dilation[axis] * place[axis];
  window.cell_steps[0] = g.size[1] * g.size[2];
  window.cell_steps[1] = g.size[2];
  window.cell_steps[2] = 1;
  int64_t position = 0;
  int64_t at[3];
  for (at[0] = 0; at[0] < g.out[0]; ++at[0]) {
    for (at[1] = 0; at[1] < g.out[1]; ++at[1]) {
      for (at[2] = 0; at[2] < g.out[2]; ++at[2]) {
        window.x = window.cell = 0;
        for (int axis = 0; axis < 3; ++axis) {
          const CellRange range = cells_inside(g, axis, at[axis]);
          window.counts[axis] = range.end - range.first;
          window.x += (at[axis] * g.stride[axis] - g.before[axis]) * place[axis] +
                      range.first * window.x_steps[axis];
          window.cell += range.first * window.cell_steps[axis];
        }
        f(position++, window);
      }
    }
  }
}

// Calls f(access, window, channel, element of y) for each vector of channels of each window.
template <class F>
HWY_INLINE void for_each_result(const WindowGeometry& g, const F& f) {
  for_each_window(g, [&](int64_t position, const WindowCells& window) ANTLER_INLINE_LAMBDA {
    for_each_vector(0, g.channels, [&](auto access, int64_t c) ANTLER_INLINE_LAMBDA {
      f(access, window, c, position * g.channels + c);
    });
  });
}

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
