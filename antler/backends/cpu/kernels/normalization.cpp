#include "antler/backends/cpu/kernels/normalization.h"

#include <algorithm>
#include <cmath>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/normalization.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/reduce_row-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

using V = FloatVector;

// A row's mean and 1 / sqrt(variance + epsilon), in each lane. Two passes over a row that is in the
// cache: squares of differences do not cancel.
struct RowMoments {
  V mean, inverse;
};
HWY_INLINE RowMoments moments_of(const float* x, int64_t n, float epsilon) {
  const V count = set(static_cast<float>(n));
  const V mean = hn::Div(sum_row(x, n), count);
  const V squares = sum_row(n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    const V difference = hn::Sub(access.load(x + i), mean);
    return hn::Mul(difference, difference);
  });
  const V variance = hn::Div(squares, count);
  return {mean, hn::Div(set(1.0f), hn::Sqrt(hn::Add(variance, set(epsilon))))};
}

void normalize_some_rows(const float* x, const float* gamma, const float* beta, int64_t n,
                         float epsilon, float* y, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* from = x + row * n;
    float* to = y + row * n;
    const RowMoments moments = moments_of(from, n, epsilon);
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      V v = hn::Mul(hn::Sub(access.load(from + i), moments.mean), moments.inverse);
      if (gamma) v = hn::Mul(v, access.load(gamma + i));
      if (beta) v = hn::Add(v, access.load(beta + i));
      access.store(v, to + i);
    });
  }
}

void rows_gradient(const float* x, const float* gamma, const float* g, int64_t n, float epsilon,
                   float* dx, float* gamma_sum, float* beta_sum, int64_t begin, int64_t end) {
  const V count = set(static_cast<float>(n));
  for (int64_t row = begin; row < end; ++row) {
    const float* from = x + row * n;
    const float* back = g + row * n;
    float* to = dx + row * n;
    const RowMoments moments = moments_of(from, n, epsilon);
    const auto x_hat = [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      return hn::Mul(hn::Sub(access.load(from + i), moments.mean), moments.inverse);
    };
    const auto scaled = [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      const V v = access.load(back + i);
      return gamma ? hn::Mul(v, access.load(gamma + i)) : v;
    };
    const V sum = sum_row(n, scaled);
    const V product = sum_row(n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      return hn::Mul(scaled(access, i), x_hat(access, i));
    });
    const V mean_sum = hn::Div(sum, count);
    const V mean_product = hn::Div(product, count);
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      const V hat = x_hat(access, i);
      const V rest = hn::NegMulAdd(hat, mean_product, hn::Sub(scaled(access, i), mean_sum));
      const V raw = access.load(back + i);
      access.store(hn::Mul(moments.inverse, rest), to + i);
      if (gamma_sum) {
        access.store(hn::MulAdd(raw, hat, access.load(gamma_sum + i)), gamma_sum + i);
      }
      if (beta_sum) access.store(hn::Add(raw, access.load(beta_sum + i)), beta_sum + i);
    });
  }
}

// Calls body(access, element, column) for each vector of the elements [begin, end); begin is the
// first of a row of `width`.
template <class Body>
HWY_INLINE void for_each_column(int64_t width, int64_t begin, int64_t end, const Body& body) {
  for (int64_t row = begin; row < end; row += width) {
    for_each_vector(0, std::min(width, end - row),
                    [&](auto access, int64_t j) ANTLER_INLINE_LAMBDA { body(access, row + j, j); });
  }
}

void sums_of_columns(const float* x, const float* mean, int64_t width, float* sums, int64_t begin,
                     int64_t end) {
  std::fill(sums, sums + width, 0.0f);
  for_each_column(width, begin, end, [&](auto access, int64_t i, int64_t j) ANTLER_INLINE_LAMBDA {
    V v = access.load(x + i);
    if (mean) {
      v = hn::Sub(v, access.load(mean + j));
      v = hn::Mul(v, v);
    }
    access.store(hn::Add(access.load(sums + j), v), sums + j);
  });
}

void products_of_columns(const float* x, const float* g, const float* mean, int64_t width,
                         float* sums, float* products, int64_t begin, int64_t end) {
  std::fill(sums, sums + width, 0.0f);
  std::fill(products, products + width, 0.0f);
  for_each_column(width, begin, end, [&](auto access, int64_t i, int64_t j) ANTLER_INLINE_LAMBDA {
    const V v = access.load(g + i);
    const V difference = hn::Sub(access.load(x + i), access.load(mean + j));
    access.store(hn::Add(access.load(sums + j), v), sums + j);
    access.store(hn::MulAdd(v, difference, access.load(products + j)), products + j);
  });
}

void scale_some_columns(const float* x, const float* mean, const float* scale, const float* shift,
                        int64_t width, float* y, int64_t begin, int64_t end) {
  for_each_column(width, begin, end, [&](auto access, int64_t i, int64_t j) ANTLER_INLINE_LAMBDA {
    const V difference = hn::Sub(access.load(x + i), access.load(mean + j));
    access.store(hn::MulAdd(difference, access.load(scale + j), access.load(shift + j)), y + i);
  });
}

void combine_some_columns(const float* x, const float* g, const float* mean, const float* scale,
                          const float* slope, const float* center, int64_t width, float* y,
                          int64_t begin, int64_t end) {
  for_each_column(width, begin, end, [&](auto access, int64_t i, int64_t j) ANTLER_INLINE_LAMBDA {
    const V difference = hn::Sub(access.load(x + i), access.load(mean + j));
    const V centered = hn::Sub(access.load(g + i), access.load(center + j));
    const V rest = hn::MulAdd(difference, access.load(slope + j), centered);
    access.store(hn::Mul(rest, access.load(scale + j)), y + i);
  });
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(normalize_some_rows);
HWY_EXPORT(rows_gradient);
HWY_EXPORT(sums_of_columns);
HWY_EXPORT(products_of_columns);
HWY_EXPORT(scale_some_columns);
HWY_EXPORT(combine_some_columns);

void normalize_rows(const float* x, const float* gamma, const float* beta, int64_t n, float epsilon,
                    float* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(normalize_some_rows)(x, gamma, beta, n, epsilon, y, begin, end);
}

void normalize_rows_gradient(const float* x, const float* gamma, const float* g, int64_t n,
                             float epsilon, float* dx, float* gamma_sum, float* beta_sum,
                             int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(rows_gradient)
  (x, gamma, g, n, epsilon, dx, gamma_sum, beta_sum, begin, end);
}

void column_sums(const float* x, const float* mean, int64_t width, float* sums, int64_t begin,
                 int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(sums_of_columns)(x, mean, width, sums, begin, end);
}

void column_products(const float* x, const float* g, const float* mean, int64_t width, float* sums,
                     float* products, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(products_of_columns)(x, g, mean, width, sums, products, begin, end);
}

void scale_columns(const float* x, const float* mean, const float* scale, const float* shift,
                   int64_t width, float* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(scale_some_columns)(x, mean, scale, shift, width, y, begin, end);
}

void combine_columns(const float* x, const float* g, const float* mean, const float* scale,
                     const float* slope, const float* center, int64_t width, float* y,
                     int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(combine_some_columns)
  (x, g, mean, scale, slope, center, width, y, begin, end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
