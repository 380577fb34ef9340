// Transposition of a float32 matrix.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// y[j][i] = x[i][j] for the rows i of x in [row_begin, row_end) and all `columns` columns.
///
/// `x_stride` and `y_stride` are the distances between stored rows of x and of y, which do not
/// overlap. Threads: calls with disjoint ranges may run at once.
void transpose(const float* x, int64_t columns, int64_t x_stride, float* y, int64_t y_stride,
               int64_t row_begin, int64_t row_end) noexcept;

}  // namespace antler::cpu
