#include "antler/backends/cpu/kernels/transpose.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/transpose.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

void transpose_rows(const float* x, int64_t columns, int64_t x_stride, float* y, int64_t y_stride,
                    int64_t row_begin, int64_t row_end) {
  // Both sides of a block stay in L1, also when the strides are powers of two.
  constexpr int64_t kBlock = 32;
  for (int64_t row = row_begin; row < row_end; row += kBlock) {
    const int64_t rows = std::min(kBlock, row_end - row);
    for (int64_t column = 0; column < columns; column += kBlock) {
      transpose_block(x + row * x_stride + column, rows, std::min(kBlock, columns - column),
                      x_stride, y + column * y_stride + row, y_stride);
    }
  }
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(transpose_rows);

void transpose(const float* x, int64_t columns, int64_t x_stride, float* y, int64_t y_stride,
               int64_t row_begin, int64_t row_end) noexcept {
  HWY_DYNAMIC_DISPATCH(transpose_rows)
  (x, columns, x_stride, y, y_stride, row_begin, row_end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
