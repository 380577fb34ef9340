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

// Whether no window reaches into the padding.
bool windows_are_whole(const WindowGeometry& g) {
  for (int axis = 0; axis < 3; ++axis) {
    const int64_t span = (g.out[axis] - 1) * g.stride[axis] + (g.size[axis] - 1) * g.dilation[axis];
    if (g.before[axis] > 0 || span >= g.in[axis]) return false;
  }
  return true;
}

// Whether each element of x lies in exactly one window.
bool windows_are_tiles(const WindowGeometry& g) {
  for (int axis = 0; axis < 3; ++axis) {
    const bool apart = g.size[axis] == 1 || g.dilation[axis] == 1;
    if (!apart || g.stride[axis] != g.size[axis] || g.out[axis] * g.size[axis] != g.in[axis]) {
      return false;
    }
  }
  return true;
}

// Calls f(access, element of x in the first cell, element of y) for each vector of channels of each
// window, where all are whole; `cells` then says where the others stand, from the first one.
template <int kCells, class F>
HWY_INLINE void for_each_whole(const WindowGeometry& g, int64_t (&cells)[kCells], const F& f) {
  const int64_t line = g.in[2] * g.channels;
  const int64_t plane = g.in[1] * line;
  int cell = 0;
  for (int64_t a = 0; a < g.size[0]; ++a) {
    for (int64_t b = 0; b < g.size[1]; ++b) {
      for (int64_t c = 0; c < g.size[2]; ++c) {
        cells[cell++] =
            a * g.dilation[0] * plane + b * g.dilation[1] * line + c * g.dilation[2] * g.channels;
      }
    }
  }
  int64_t y = 0;
  for (int64_t a = 0; a < g.out[0]; ++a) {
    for (int64_t b = 0; b < g.out[1]; ++b) {
      int64_t x = a * g.stride[0] * plane + b * g.stride[1] * line;
      for (int64_t c = 0; c < g.out[2]; ++c) {
        for_each_vector(0, g.channels, [&](auto access, int64_t channel) ANTLER_INLINE_LAMBDA {
          f(access, x + channel, y + channel);
        });
        x += g.stride[2] * g.channels;
        y += g.channels;
      }
    }
  }
}

template <int kCells>
void max_whole_windows(const WindowGeometry& g, const float* x, float* y) {
  int64_t cells[kCells];
  for_each_whole(g, cells, [&](auto access, int64_t from, int64_t to) ANTLER_INLINE_LAMBDA {
    FloatVector largest = access.load(x + from);
    HWY_UNROLL(8)
    for (int i = 1; i < kCells; ++i) {
      largest = nan_max(largest, access.load(x + from + cells[i]));
    }
    access.store(largest, y + to);
  });
}

// As scatter_to_largest, for whole windows that are apart.
template <int kCells>
void scatter_to_whole_windows(const WindowGeometry& g, bool relu, const float* x,
                              const float* gradient, float* dx) {
  int64_t cells[kCells];
  for_each_whole(g, cells, [&](auto access, int64_t at, int64_t from) ANTLER_INLINE_LAMBDA {
    FloatVector here[kCells];
    FloatVector largest = here[0] = access.load(x + at);
    HWY_UNROLL(8)
    for (int i = 1; i < kCells; ++i) {
      here[i] = access.load(x + at + cells[i]);
      largest = nan_max(largest, here[i]);
    }
    FloatVector given = access.load(gradient + from);
    if (relu) given = hn::IfThenElseZero(hn::Gt(largest, hn::Zero(FloatTag())), given);
    HWY_UNROLL(8)
    for (int i = 0; i < kCells; ++i) {
      // Equal, or both no numbers; the first one takes all.
      const auto is_largest = hn::Or(hn::Eq(here[i], largest), not_equal(here[i], here[i]));
      access.store(hn::IfThenElseZero(is_largest, given), dx + at + cells[i]);
      given = hn::IfThenZeroElse(is_largest, given);
    }
  });
}

void max_windows(const WindowGeometry& g, const float* x, float* y) {
  if (windows_are_whole(g) && g.cells() == 4) {
    max_whole_windows<4>(g, x, y);
    return;
  }
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
void scatter_to_largest(const WindowGeometry& g, bool relu, const float* x, const float* gradient,
                        float* dx) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const Largest best = first_largest(access, window, x + c);
        FloatVector given = access.load(gradient + at);
        if (relu) given = hn::IfThenElseZero(hn::Gt(best.value, hn::Zero(FloatTag())), given);
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

void max_windows_gradient(const WindowGeometry& g, bool relu, const float* x, const float* gradient,
                          float* dx) {
  if (!windows_are_tiles(g)) std::fill_n(dx, g.inputs() * g.channels, 0.0f);
  if (!windows_are_apart(g)) {
    scatter_to_largest<true>(g, relu, x, gradient, dx);
  } else if (windows_are_whole(g) && g.cells() == 4) {
    scatter_to_whole_windows<4>(g, relu, x, gradient, dx);
  } else {
    scatter_to_largest<false>(g, relu, x, gradient, dx);
  }
}

// Whole numbers, 0 to 255, as bytes.
HWY_INLINE void store_bytes(WholeVector, FloatVector numbers, uint8_t* p) {
  const hn::Rebind<uint8_t, FloatTag> bytes;
  const hn::RebindToSigned<FloatTag> ints;
  hn::StoreU(hn::DemoteTo(bytes, hn::ConvertTo(ints, numbers)), bytes, p);
}
HWY_INLINE void store_bytes(PartialVector some, FloatVector numbers, uint8_t* p) {
  HWY_ALIGN uint8_t bytes[kLanes];
  store_bytes(WholeVector(), numbers, bytes);
  std::copy_n(bytes, some.count, p);
}
HWY_INLINE FloatVector load_bytes(WholeVector, const uint8_t* p) {
  const hn::Rebind<uint8_t, FloatTag> bytes;
  const hn::RebindToSigned<FloatTag> ints;
  return hn::ConvertTo(FloatTag(), hn::PromoteTo(ints, hn::LoadU(bytes, p)));
}
HWY_INLINE FloatVector load_bytes(PartialVector some, const uint8_t* p) {
  HWY_ALIGN uint8_t bytes[kLanes] = {};
  std::copy_n(p, some.count, bytes);
  return load_bytes(WholeVector(), bytes);
}

template <int kCells>
void places_in_whole_windows(const WindowGeometry& g, const float* x, float* y, uint8_t* places) {
  int64_t cells[kCells];
  for_each_whole(g, cells, [&](auto access, int64_t from, int64_t to) ANTLER_INLINE_LAMBDA {
    FloatVector largest = access.load(x + from), number = hn::Zero(FloatTag());
    HWY_UNROLL(8)
    for (int i = 1; i < kCells; ++i) {
      const FloatVector here = access.load(x + from + cells[i]);
      const auto stays = hn::Or(hn::Ge(largest, here), not_equal(largest, largest));
      largest = hn::IfThenElse(stays, largest, here);
      number = hn::IfThenElse(stays, number, set(static_cast<float>(i)));
    }
    access.store(largest, y + to);
    store_bytes(access, number, places + to);
  });
}

void places_in_windows(const WindowGeometry& g, const float* x, float* y, uint8_t* places) {
  if (windows_are_whole(g) && g.cells() == 4) {
    places_in_whole_windows<4>(g, x, y, places);
    return;
  }
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const Largest best = first_largest(access, window, x + c);
        access.store(best.value, y + at);
        store_bytes(access, best.number, places + at);
      });
}

template <int kCells>
void unpool_whole_windows(const WindowGeometry& g, const float* gradient, const uint8_t* places,
                          float* dx) {
  int64_t cells[kCells];
  for_each_whole(g, cells, [&](auto access, int64_t at, int64_t from) ANTLER_INLINE_LAMBDA {
    const FloatVector given = access.load(gradient + from);
    const FloatVector place = load_bytes(access, places + from);
    HWY_UNROLL(8)
    for (int i = 0; i < kCells; ++i) {
      const auto is_here = hn::Eq(place, set(static_cast<float>(i)));
      access.store(hn::IfThenElseZero(is_here, given), dx + at + cells[i]);
    }
  });
}

void unpool_windows(const WindowGeometry& g, const float* gradient, const uint8_t* places,
                    float* dx) {
  if (!windows_are_tiles(g)) std::fill_n(dx, g.inputs() * g.channels, 0.0f);
  if (windows_are_whole(g) && g.cells() == 4) {
    unpool_whole_windows<4>(g, gradient, places, dx);
    return;
  }
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const FloatVector given = access.load(gradient + at);
        const FloatVector place = load_bytes(access, places + at);
        float number = 0;
        window.for_each([&](int64_t element, int64_t) ANTLER_INLINE_LAMBDA {
          const auto is_here = hn::Eq(place, set(number));
          access.store(hn::IfThenElseZero(is_here, given), dx + element + c);
          number += 1;
        });
      });
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
HWY_EXPORT(places_in_windows);
HWY_EXPORT(unpool_windows);
HWY_EXPORT(gather_from_largest);
HWY_EXPORT(sum_windows);
HWY_EXPORT(sum_windows_gradient);

void max_pool(const WindowGeometry& geometry, const float* x, float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(max_windows)(geometry, x, y);
}
void max_pool_gradient(const WindowGeometry& geometry, bool relu, const float* x, const float* g,
                       float* dx) noexcept {
  HWY_DYNAMIC_DISPATCH(max_windows_gradient)(geometry, relu, x, g, dx);
}
void max_pool_places(const WindowGeometry& geometry, const float* x, float* y,
                     uint8_t* places) noexcept {
  HWY_DYNAMIC_DISPATCH(places_in_windows)(geometry, x, y, places);
}
void max_unpool(const WindowGeometry& geometry, const float* g, const uint8_t* places,
                float* dx) noexcept {
  HWY_DYNAMIC_DISPATCH(unpool_windows)(geometry, g, places, dx);
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
