#include "antler/backends/cpu/kernels/winograd.h"

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/winograd.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/math-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

// The transforms of one line or column. Each is used for both: first for the columns of a tile,
// then for its lines.

HWY_INLINE void to_four_inputs(const FloatVector x[4], FloatVector v[4]) {  // B'
  v[0] = hn::Sub(x[0], x[2]);
  v[1] = hn::Add(x[1], x[2]);
  v[2] = hn::Sub(x[2], x[1]);
  v[3] = hn::Sub(x[1], x[3]);
}

HWY_INLINE void to_two_outputs(const FloatVector m[4], FloatVector y[2]) {  // A'
  y[0] = hn::Add(hn::Add(m[0], m[1]), m[2]);
  y[1] = hn::Sub(hn::Sub(m[1], m[2]), m[3]);
}

HWY_INLINE void to_four_gradients(const FloatVector g[2], FloatVector v[4]) {  // A
  v[0] = g[0];
  v[1] = hn::Add(g[0], g[1]);
  v[2] = hn::Sub(g[0], g[1]);
  v[3] = hn::Neg(g[1]);
}

HWY_INLINE void to_four_weights(const FloatVector w[3], FloatVector u[4]) {  // G
  const FloatVector half = hn::Set(FloatTag(), 0.5f);
  const FloatVector ends = hn::Mul(half, hn::Add(w[0], w[2]));
  const FloatVector middle = hn::Mul(half, w[1]);
  u[0] = w[0];
  u[1] = hn::Add(ends, middle);
  u[2] = hn::Sub(ends, middle);
  u[3] = w[2];
}

HWY_INLINE void to_three_weights(const FloatVector u[4], FloatVector w[3]) {  // G'
  const FloatVector half = hn::Set(FloatTag(), 0.5f);
  const FloatVector sum = hn::Mul(half, hn::Add(u[1], u[2]));
  w[0] = hn::Add(u[0], sum);
  w[1] = hn::Mul(half, hn::Sub(u[1], u[2]));
  w[2] = hn::Add(u[3], sum);
}

// What all five do: kFrom x kFrom vectors to kTo x kTo, columns first. `load(line, column)` gives
// them, `store(vector, line, column)` takes them.
template <int kFrom, int kTo, class Transform, class Load, class Store>
HWY_INLINE void transform_both(const Transform& transform, const Load& load, const Store& store) {
  FloatVector middle[kTo][kFrom];
  HWY_UNROLL(4)
  for (int column = 0; column < kFrom; ++column) {
    FloatVector from[kFrom], to[kTo];
    HWY_UNROLL(4)
    for (int line = 0; line < kFrom; ++line) from[line] = load(line, column);
    transform(from, to);
    HWY_UNROLL(4)
    for (int line = 0; line < kTo; ++line) middle[line][column] = to[line];
  }
  HWY_UNROLL(4)
  for (int line = 0; line < kTo; ++line) {
    FloatVector to[kTo];
    transform(middle[line], to);
    HWY_UNROLL(4)
    for (int column = 0; column < kTo; ++column) store(to[column], line, column);
  }
}

void inputs(const WinogradTiles& tiles, const float* x, float* v) {
  for (int64_t tile = 0; tile < tiles.tiles; ++tile) {
    const float* from = x + tile * 2 * tiles.channels;
    float* to = v + tile * tiles.channels;
    for_each_vector(0, tiles.channels, [&](auto access, int64_t c) ANTLER_INLINE_LAMBDA {
      transform_both<4, 4>(
          [](const FloatVector a[4], FloatVector b[4])
              ANTLER_INLINE_LAMBDA { to_four_inputs(a, b); },
          [&](int line, int column) ANTLER_INLINE_LAMBDA {
            return access.load(from + line * tiles.line_step + column * tiles.channels + c);
          },
          [&](FloatVector value, int line, int column) ANTLER_INLINE_LAMBDA {
            access.store(value, to + (line * 4 + column) * tiles.element_step + c);
          });
    });
  }
}

void outputs(const WinogradTiles& tiles, const float* m, const GemmEpilogue& epilogue, float* y) {
  const bool has_relu = epilogue.activation == Activation::kRelu;
  for (int64_t tile = 0; tile < tiles.tiles; ++tile) {
    const float* from = m + tile * tiles.channels;
    float* to = y + tile * 2 * tiles.channels;
    for_each_vector(0, tiles.channels, [&](auto access, int64_t c) ANTLER_INLINE_LAMBDA {
      const FloatVector bias =
          epilogue.bias ? access.load(epilogue.bias + c) : hn::Zero(FloatTag());
      transform_both<4, 2>(
          [](const FloatVector a[4], FloatVector b[2])
              ANTLER_INLINE_LAMBDA { to_two_outputs(a, b); },
          [&](int line, int column) ANTLER_INLINE_LAMBDA {
            return access.load(from + (line * 4 + column) * tiles.element_step + c);
          },
          [&](FloatVector value, int line, int column) ANTLER_INLINE_LAMBDA {
            value = hn::Add(value, bias);
            if (has_relu) value = relu(value);
            access.store(value, to + line * tiles.line_step + column * tiles.channels + c);
          });
    });
  }
}

void output_gradients(const WinogradTiles& tiles, const float* g, float* v) {
  for (int64_t tile = 0; tile < tiles.tiles; ++tile) {
    const float* from = g + tile * 2 * tiles.channels;
    float* to = v + tile * tiles.channels;
    for_each_vector(0, tiles.channels, [&](auto access, int64_t c) ANTLER_INLINE_LAMBDA {
      transform_both<2, 4>(
          [](const FloatVector a[2], FloatVector b[4])
              ANTLER_INLINE_LAMBDA { to_four_gradients(a, b); },
          [&](int line, int column) ANTLER_INLINE_LAMBDA {
            return access.load(from + line * tiles.line_step + column * tiles.channels + c);
          },
          [&](FloatVector value, int line, int column) ANTLER_INLINE_LAMBDA {
            access.store(value, to + (line * 4 + column) * tiles.element_step + c);
          });
    });
  }
}

void kernel_to_16(const float* kernel, int64_t size, bool turned, float* u) {
  for_each_vector(0, size, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    transform_both<3, 4>([](const FloatVector a[3], FloatVector b[4])
                             ANTLER_INLINE_LAMBDA { to_four_weights(a, b); },
                         [&](int line, int column) ANTLER_INLINE_LAMBDA {
                           const int cell = line * 3 + column;
                           return access.load(kernel + (turned ? 8 - cell : cell) * size + i);
                         },
                         [&](FloatVector value, int line, int column) ANTLER_INLINE_LAMBDA {
                           access.store(value, u + (line * 4 + column) * size + i);
                         });
  });
}

void kernel_from_16(const float* u, int64_t size, float* kernel) {
  for_each_vector(0, size, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    transform_both<4, 3>(
        [](const FloatVector a[4], FloatVector b[3])
            ANTLER_INLINE_LAMBDA { to_three_weights(a, b); },
        [&](int line, int column)
            ANTLER_INLINE_LAMBDA { return access.load(u + (line * 4 + column) * size + i); },
        [&](FloatVector value, int line, int column)
            ANTLER_INLINE_LAMBDA { access.store(value, kernel + (line * 3 + column) * size + i); });
  });
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(inputs);
HWY_EXPORT(outputs);
HWY_EXPORT(output_gradients);
HWY_EXPORT(kernel_to_16);
HWY_EXPORT(kernel_from_16);

void winograd_inputs(const WinogradTiles& tiles, const float* x, float* v) noexcept {
  HWY_DYNAMIC_DISPATCH(inputs)(tiles, x, v);
}
void winograd_outputs(const WinogradTiles& tiles, const float* m, const GemmEpilogue& epilogue,
                      float* y) noexcept {
  HWY_DYNAMIC_DISPATCH(outputs)(tiles, m, epilogue, y);
}
void winograd_output_gradients(const WinogradTiles& tiles, const float* g, float* v) noexcept {
  HWY_DYNAMIC_DISPATCH(output_gradients)(tiles, g, v);
}
void winograd_kernel(const float* kernel, int64_t size, bool turned, float* u) noexcept {
  HWY_DYNAMIC_DISPATCH(kernel_to_16)(kernel, size, turned, u);
}
void winograd_kernel_gradient(const float* u, int64_t size, float* kernel) noexcept {
  HWY_DYNAMIC_DISPATCH(kernel_from_16)(u, size, kernel);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
