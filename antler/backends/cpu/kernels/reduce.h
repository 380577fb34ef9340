// Sums, means and extrema along one axis, float32.
//
// An element of the result is combined in an order that depends on the reduced length and the
// instruction set alone. Sums are pairwise where it matters: the error grows with the logarithm of
// the length, not with the length. NaN wins over every number in maximum and minimum. Of nothing,
// the sum is 0, the mean NaN, the maximum -infinity, the minimum infinity. Threads: calls with
// disjoint ranges may run at once.
#pragma once

#include <cstdint>

namespace antler::cpu {

enum class Reduction : uint8_t { kSum, kMean, kMaximum, kMinimum };

/// y[i] = reduction over j of x[i][j], for the rows i in [begin, end) of x [..., n].
void reduce_last(Reduction reduction, const float* x, int64_t n, float* y, int64_t begin,
                 int64_t end) noexcept;

/// y[i][j] = reduction over p of x[i][p][j] for x [outer, n, inner], for those elements of y
/// [outer, inner], counted row by row, that are in [begin, end).
///
/// With outer = 1 it reduces the first axis of a matrix: a bias gradient.
void reduce_middle(Reduction reduction, const float* x, int64_t n, int64_t inner, float* y,
                   int64_t begin, int64_t end) noexcept;

/// y[i] = the first j where x[i][j] is the row's maximum, for the rows i in [begin, end) of x [...,
/// n], n > 0. The first NaN counts as the maximum.
void argmax_last(const float* x, int64_t n, int64_t* y, int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
