// Normalization of rows and of columns, float32.
//
// Bits depend on shapes and the instruction set alone. Threads: calls with disjoint ranges may run
// at once.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// y = (x - mean) / sqrt(variance + epsilon) gamma + beta with each row's mean and variance, for
/// the rows [begin, end) of x [..., n]; gamma and beta may be null. y may be x.
void normalize_rows(const float* x, const float* gamma, const float* beta, int64_t n, float epsilon,
                    float* y, int64_t begin, int64_t end) noexcept;

/// Its derivatives for g = dL/dy: dx of the rows [begin, end); gamma_sum += g x_hat and
/// beta_sum += g over them, where not null.
void normalize_rows_gradient(const float* x, const float* gamma, const float* g, int64_t n,
                             float epsilon, float* dx, float* gamma_sum, float* beta_sum,
                             int64_t begin, int64_t end) noexcept;

// Columns of x [rows, n]. Where n is small several rows count as one: then there are `width`
// columns, a multiple of n, and arrays by column hold each number width / n times. Elements
// [begin, end) are whole such rows but for the last.

/// sums[j] = sum of x, or of (x - mean[j])^2 when `mean` is given, over column j.
void column_sums(const float* x, const float* mean, int64_t width, float* sums, int64_t begin,
                 int64_t end) noexcept;
/// sums[j] = sum of g, products[j] = sum of g (x - mean[j]).
void column_products(const float* x, const float* g, const float* mean, int64_t width, float* sums,
                     float* products, int64_t begin, int64_t end) noexcept;
/// y = (x - mean[j]) scale[j] + shift[j]. y may be x.
void scale_columns(const float* x, const float* mean, const float* scale, const float* shift,
                   int64_t width, float* y, int64_t begin, int64_t end) noexcept;
/// y = (g - center[j] + (x - mean[j]) slope[j]) scale[j]. y may be x or g.
void combine_columns(const float* x, const float* g, const float* mean, const float* scale,
                     const float* slope, const float* center, int64_t width, float* y,
                     int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
