// Transposition of small blocks in registers.
//
// Compiled once per instruction set: the guard toggles, as Highway's own do.
#if defined(ANTLER_CPU_TRANSPOSE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef ANTLER_CPU_TRANSPOSE_INL_H_
#undef ANTLER_CPU_TRANSPOSE_INL_H_
#else
#define ANTLER_CPU_TRANSPOSE_INL_H_
#endif

#include "antler/backends/cpu/kernels/partial_vector-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

#if HWY_TARGET != HWY_SCALAR
// Four floats of each of lanes / 4 rows that lie four rows apart, side by side.
template <class D>
HWY_INLINE hn::Vec<D> load_every_fourth_row(D d, const float* x, int64_t stride) {
  if constexpr (hn::MaxLanes(D()) == 4) {
    return hn::LoadU(d, x);
  } else {
    const hn::Half<D> half;
    constexpr int64_t kRows = static_cast<int64_t>(hn::MaxLanes(D()) / 2);
    return hn::Combine(d, load_every_fourth_row(half, x + kRows * stride, stride),
                       load_every_fourth_row(half, x, stride));
  }
}

// y[column][row] = x[row][column] for as many rows as a vector has lanes, and four columns.
HWY_INLINE void transpose_strip(const float* x, int64_t x_stride, float* y, int64_t y_stride) {
  const FloatTag d;
  const hn::Repartition<double, FloatTag> wide;
  const FloatVector r0 = load_every_fourth_row(d, x, x_stride);
  const FloatVector r1 = load_every_fourth_row(d, x + x_stride, x_stride);
  const FloatVector r2 = load_every_fourth_row(d, x + 2 * x_stride, x_stride);
  const FloatVector r3 = load_every_fourth_row(d, x + 3 * x_stride, x_stride);
  const auto low01 = hn::BitCast(wide, hn::InterleaveLower(d, r0, r1));
  const auto low23 = hn::BitCast(wide, hn::InterleaveLower(d, r2, r3));
  const auto high01 = hn::BitCast(wide, hn::InterleaveUpper(d, r0, r1));
  const auto high23 = hn::BitCast(wide, hn::InterleaveUpper(d, r2, r3));
  hn::StoreU(hn::BitCast(d, hn::InterleaveLower(wide, low01, low23)), d, y);
  hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(wide, low01, low23)), d, y + y_stride);
  hn::StoreU(hn::BitCast(d, hn::InterleaveLower(wide, high01, high23)), d, y + 2 * y_stride);
  hn::StoreU(hn::BitCast(d, hn::InterleaveUpper(wide, high01, high23)), d, y + 3 * y_stride);
}
#endif

// y[column][row] = x[row][column]; `rows` by `columns` values, any sizes.
HWY_INLINE void transpose_block(const float* x, int64_t rows, int64_t columns, int64_t x_stride,
                                float* y, int64_t y_stride) {
  int64_t row = 0;
#if HWY_TARGET != HWY_SCALAR
  for (; row + kLanes <= rows; row += kLanes) {
    const float* from = x + row * x_stride;
    float* to = y + row;
    int64_t column = 0;
    for (; column + 4 <= columns; column += 4) {
      transpose_strip(from + column, x_stride, to + column * y_stride, y_stride);
    }
    for (; column < columns; ++column) {
      for (int64_t i = 0; i < kLanes; ++i) to[column * y_stride + i] = from[i * x_stride + column];
    }
  }
#endif
  for (; row < rows; ++row) {
    for (int64_t column = 0; column < columns; ++column) {
      y[column * y_stride + row] = x[row * x_stride + column];
    }
  }
}

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // toggled guard
