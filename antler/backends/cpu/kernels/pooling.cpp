#include "antler/backends/cpu/kernels/pooling.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/pooling.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/window_walk-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// The first largest of a window, and which one it is: 0, 1, ... in the order of the walk.
struct Largest {
  FloatVector value;
  FloatVector number;
};
template <class Access>
HWY_INLINE Largest first_largest(Access access, const WindowCells& window, const float* x) {
  Largest best = {access.load(x + window.x), hn::Zero(FloatTag())};
  float number = 0;
  window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
    const FloatVector here = access.load(x + element);
    const auto stays = hn::Or(hn::Ge(best.value, here), not_equal(best.value, best.value));
    best.value = hn::IfThenElse(stays, best.value, here);
    best.number = hn::IfThenElse(stays, best.number, set(number));
    number += 1;
  });
  return best;
}

// Whether no cell lies in two windows.
bool windows_are_apart(const WindowGeometry& g) {
  for (int axis = 0; axis < 3; ++axis) {
    const bool apart = g.out[axis] == 1 || g.stride[axis] > (g.size[axis] - 1) * g.dilation[axis];
    if (!apart) return false;
  }
  return true;
}

void max_windows(const WindowGeometry& g, const float* x, float* y) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        FloatVector largest = access.load(x + window.x + c);
        window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
          largest = nan_max(largest, access.load(x + element + c));
        });
        access.store(largest, y + at);
      });
}

template <bool kAdd>
void scatter_to_largest(const WindowGeometry& g, const float* x, const float* gradient, float* dx) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const Largest best = first_largest(access, window, x + c);
        const FloatVector given = access.load(gradient + at);
        float number = 0;
        window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
          float* to = dx + element + c;
          FloatVector part = hn::IfThenElseZero(hn::Eq(best.number, set(number)), given);
          if (kAdd) part = hn::Add(access.load(to), part);
          access.store(part, to);
          number += 1;
        });
      });
}

void max_windows_gradient(const WindowGeometry& g, const float* x, const float* gradient,
                          float* dx) {
  std::fill_n(dx, g.inputs() * g.channels, 0.0f);
  if (windows_are_apart(g)) {
    scatter_to_largest<false>(g, x, gradient, dx);
  } else {
    scatter_to_largest<true>(g, x, gradient, dx);
  }
}

void gather_from_largest(const WindowGeometry& g, const float* x, const float* h, float* y) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const Largest best = first_largest(access, window, x + c);
        FloatVector taken = hn::Zero(FloatTag());
        float number = 0;
        window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
          const auto here = hn::Eq(best.number, set(number));
          taken = hn::IfThenElse(here, access.load(h + element + c), taken);
          number += 1;
        });
        access.store(taken, y + at);
      });
}

void sum_windows(const WindowGeometry& g, const float* x, float* y) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        FloatVector total = hn::Zero(FloatTag());
        window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
          total = hn::Add(total, access.load(x + element + c));
        });
        access.store(total, y + at);
      });
}

void sum_windows_gradient(const WindowGeometry& g, const float* gradient, float* dx) {
  std::fill_n(dx, g.inputs() * g.channels, 0.0f);
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const FloatVector given = access.load(gradient + at);
        window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
          float* to = dx + element + c;
          access.store(hn::Add(access.load(to), given), to);
        });
      });
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(max_windows);
HWY_EXPORT(max_windows_gradient);
HWY_EXPORT(gather_from_largest);
HWY_EXPORT(sum_windows);
HWY_EXPORT(sum_windows_gradient);

void max_pool(const WindowGeometry& geometry, const float* x, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(max_windows)(geometry, x, y);
}
void max_pool_gradient(const WindowGeometry& geometry, const float* x, const float* g,
                       float* dx) noexcept {
  HWY_DYNAMIC_DISPATCH(max_windows_gradient)(geometry, x, g, dx);
}
void max_pool_gather(const WindowGeometry& geometry, const float* x, const float* h,
                     float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(gather_from_largest)(geometry, x, h, y);
}
void sum_pool(const WindowGeometry& geometry, const float* x, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(sum_windows)(geometry, x, y);
}
void sum_pool_gradient(const WindowGeometry& geometry, const float* g, float* dx) noexcept {
  HWY_DYNAMIC_DISPATCH(sum_windows_gradient)(geometry, g, dx);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
