#include "antler/backends/cpu/kernels/depthwise.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/depthwise.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/window_walk-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

void convolve(const WindowGeometry& g, const float* x, const float* kernel, float* y) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        FloatVector total = hn::Zero(FloatTag());
        window.for_each([&](int64_t element, int64_t cell) ANTLER_INLINE_LAMBDA {
          total = hn::MulAdd(access.load(x + element + c),
                             access.load(kernel + cell * g.channels + c), total);
        });
        access.store(total, y + at);
      });
}

void convolve_back(const WindowGeometry& g, const float* gradient, const float* kernel, float* dx) {
  std::fill_n(dx, g.inputs() * g.channels, 0.0f);
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const FloatVector given = access.load(gradient + at);
        window.for_each([&](int64_t element, int64_t cell) ANTLER_INLINE_LAMBDA {
          float* to = dx + element + c;
          const FloatVector weight = access.load(kernel + cell * g.channels + c);
          access.store(hn::MulAdd(given, weight, access.load(to)), to);
        });
      });
}

void correlate(const WindowGeometry& g, const float* x, const float* gradient, float* dkernel) {
  for_each_result(
      g, [&](auto access, const WindowCells& window, int64_t c, int64_t at) ANTLER_INLINE_LAMBDA {
        const FloatVector given = access.load(gradient + at);
        window.for_each([&](int64_t element, int64_t cell) ANTLER_INLINE_LAMBDA {
          float* to = dkernel + cell * g.channels + c;
          access.store(hn::MulAdd(given, access.load(x + element + c), access.load(to)), to);
        });
      });
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(convolve);
HWY_EXPORT(convolve_back);
HWY_EXPORT(correlate);

void depthwise(const WindowGeometry& geometry, const float* x, const float* kernel,
               float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(convolve)(geometry, x, kernel, y);
}
void depthwise_input_gradient(const WindowGeometry& geometry, const float* g, const float* kernel,
                              float* dx) noexcept {
  HWY_DYNAMIC_DISPATCH(convolve_back)(geometry, g, kernel, dx);
}
void depthwise_kernel_gradient(const WindowGeometry& geometry, const float* x, const float* g,
                               float* dkernel) noexcept {
  HWY_DYNAMIC_DISPATCH(correlate)(geometry, x, g, dkernel);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
