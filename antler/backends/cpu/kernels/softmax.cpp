#include "antler/backends/cpu/kernels/softmax.h"

#include <algorithm>
#include <limits>

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/softmax.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "antler/backends/cpu/kernels/reduce_row-inl.h"

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {
namespace {

using V = FloatVector;

// e^x for x <= 0 or NaN, as after the subtraction of the largest.
HWY_INLINE V exp_of_negative(V x) { return keep_nan(x, bounded_exp(hn::Max(x, set(-104.5f)))); }

HWY_INLINE V row_maximum(const float* x, int64_t n) { return reduce_row(MaximumOf(), x, n); }

// Stores e^(x - largest) unless y is null; their sum, in each lane.
HWY_INLINE V store_exp(const float* x, V largest, int64_t n, float* y) {
  return sum_row(n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    const V e = exp_of_negative(hn::Sub(access.load(x + i), largest));
    if (y) access.store(e, y + i);
    return e;
  });
}

HWY_INLINE void divide(float* y, V divisor, int64_t n) {
  for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    access.store(hn::Div(access.load(y + i), divisor), y + i);
  });
}

void softmax_rows(const float* x, int64_t n, float* y, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* from = x + row * n;
    float* to = y + row * n;
    divide(to, store_exp(from, row_maximum(from, n), n, to), n);
  }
}

void softmax_gradient_rows(const float* y, const float* g, int64_t n, float* dx, int64_t begin,
                           int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* p = y + row * n;
    const float* q = g + row * n;
    float* to = dx + row * n;
    const V dot = sum_row(n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      return hn::Mul(access.load(p + i), access.load(q + i));
    });
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      access.store(hn::Mul(access.load(p + i), hn::Sub(access.load(q + i), dot)), to + i);
    });
  }
}

void log_softmax_rows(const float* x, int64_t n, float* y, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* from = x + row * n;
    float* to = y + row * n;
    const V largest = row_maximum(from, n);
    const V log = vector_log(store_exp(from, largest, n, nullptr));
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      access.store(hn::Sub(hn::Sub(access.load(from + i), largest), log), to + i);
    });
  }
}

void log_softmax_gradient_rows(const float* y, const float* g, int64_t n, float* dx, int64_t begin,
                               int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* p = y + row * n;
    const float* q = g + row * n;
    float* to = dx + row * n;
    const V sum = sum_row(q, n);
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      const V e = exp_of_negative(access.load(p + i));
      access.store(hn::NegMulAdd(e, sum, access.load(q + i)), to + i);
    });
  }
}

template <class Label>
int64_t sparse_rows(const float* x, const Label* labels, int64_t n, float* loss,
                    float* probabilities, int64_t begin, int64_t end) {
  // The logarithms of many rows at once.
  constexpr int64_t kBlockRows = 64;
  float sum[kBlockRows];
  float picked[kBlockRows];
  int64_t bad = -1;
  for (int64_t first = begin; first < end; first += kBlockRows) {
    const int64_t rows = std::min(kBlockRows, end - first);
    for (int64_t i = 0; i < rows; ++i) {
      const int64_t row = first + i;
      const float* from = x + row * n;
      const int64_t label = labels[row];
      const bool valid = label >= 0 && label < n;
      const V largest = row_maximum(from, n);
      // Before the probabilities, which may take the place of x.
      picked[i] =
          valid ? from[label] - hn::GetLane(largest) : std::numeric_limits<float>::quiet_NaN();
      float* to = probabilities ? probabilities + row * n : nullptr;
      const V total = store_exp(from, largest, n, to);
      sum[i] = hn::GetLane(total);
      if (to) divide(to, total, n);
      if (!valid && bad < 0) bad = row;
    }
    for_each_vector(0, rows, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      access.store(hn::Sub(vector_log(access.load(sum + i)), access.load(picked + i)),
                   loss + first + i);
    });
  }
  return bad;
}

template <class Label>
void sparse_gradient_rows(const float* probabilities, const Label* labels, int64_t n,
                          const float* g, int64_t g_stride, float* dx, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* p = probabilities + row * n;
    float* to = dx + row * n;
    const float scale = g[row * g_stride];
    const int64_t label = labels[row];
    const bool valid = label >= 0 && label < n;
    const float at_label = valid ? (p[label] - 1.0f) * scale : 0.0f;
    const V v = set(scale);
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      access.store(hn::Mul(access.load(p + i), v), to + i);
    });
    if (valid) to[label] = at_label;
  }
}

void dense_rows(const float* x, const float* y, int64_t n, float* loss, float* probabilities,
                int64_t begin, int64_t end) {
  const V zero = hn::Zero(FloatTag());
  for (int64_t row = begin; row < end; ++row) {
    const float* from = x + row * n;
    const float* target = y + row * n;
    const V largest = row_maximum(from, n);
    const V log = vector_log(store_exp(from, largest, n, nullptr));
    loss[row] = hn::GetLane(sum_row(n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      const V t = access.load(target + i);
      const V term = hn::Mul(t, hn::Sub(log, hn::Sub(access.load(from + i), largest)));
      return hn::IfThenZeroElse(hn::Eq(t, zero), term);
    }));
    if (probabilities) {
      float* to = probabilities + row * n;
      divide(to, store_exp(from, largest, n, to), n);
    }
  }
}

void dense_gradient_rows(const float* probabilities, const float* y, int64_t n, const float* g,
                         int64_t g_stride, float* dx, int64_t begin, int64_t end) {
  for (int64_t row = begin; row < end; ++row) {
    const float* p = probabilities + row * n;
    const float* target = y + row * n;
    float* to = dx + row * n;
    const V sum = sum_row(target, n);
    const V scale = set(g[row * g_stride]);
    for_each_vector(0, n, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
      const V difference = hn::MulSub(access.load(p + i), sum, access.load(target + i));
      access.store(hn::Mul(difference, scale), to + i);
    });
  }
}

void binary_elements(const float* x, const float* y, float* loss, int64_t begin, int64_t end) {
  for_each_vector(begin, end, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    const V z = access.load(x + i);
    // The large terms first: where they cancel, the small one is the loss.
    const V large = hn::NegMulAdd(z, access.load(y + i), relu(z));
    access.store(keep_nan(z, hn::Add(large, softplus_of_minus_magnitude(z))), loss + i);
  });
}

void binary_gradient_elements(const float* x, const float* y, const float* g, int64_t g_stride,
                              float* dx, int64_t begin, int64_t end) {
  for_each_vector(begin, end, [&](auto access, int64_t i) ANTLER_INLINE_LAMBDA {
    const V scale = g_stride == 0 ? set(*g) : access.load(g + i);
    const V difference = hn::Sub(vector_sigmoid(access.load(x + i)), access.load(y + i));
    access.store(hn::Mul(difference, scale), dx + i);
  });
}

// Templates cannot be dispatched.
int64_t sparse_rows_int64(const float* x, const int64_t* labels, int64_t n, float* loss,
                          float* probabilities, int64_t begin, int64_t end) {
  return sparse_rows(x, labels, n, loss, probabilities, begin, end);
}
int64_t sparse_rows_int32(const float* x, const int32_t* labels, int64_t n, float* loss,
                          float* probabilities, int64_t begin, int64_t end) {
  return sparse_rows(x, labels, n, loss, probabilities, begin, end);
}
void sparse_gradient_rows_int64(const float* probabilities, const int64_t* labels, int64_t n,
                                const float* g, int64_t g_stride, float* dx, int64_t begin,
                                int64_t end) {
  sparse_gradient_rows(probabilities, labels, n, g, g_stride, dx, begin, end);
}
void sparse_gradient_rows_int32(const float* probabilities, const int32_t* labels, int64_t n,
                                const float* g, int64_t g_stride, float* dx, int64_t begin,
                                int64_t end) {
  sparse_gradient_rows(probabilities, labels, n, g, g_stride, dx, begin, end);
}

}  // namespace
}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(softmax_rows);
HWY_EXPORT(softmax_gradient_rows);
HWY_EXPORT(log_softmax_rows);
HWY_EXPORT(log_softmax_gradient_rows);
HWY_EXPORT(sparse_rows_int64);
HWY_EXPORT(sparse_rows_int32);
HWY_EXPORT(sparse_gradient_rows_int64);
HWY_EXPORT(sparse_gradient_rows_int32);
HWY_EXPORT(dense_rows);
HWY_EXPORT(dense_gradient_rows);
HWY_EXPORT(binary_elements);
HWY_EXPORT(binary_gradient_elements);

void softmax(const float* x, int64_t n, float* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(softmax_rows)(x, n, y, begin, end);
}

void softmax_gradient(const float* y, const float* g, int64_t n, float* dx, int64_t begin,
                      int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(softmax_gradient_rows)(y, g, n, dx, begin, end);
}

void log_softmax(const float* x, int64_t n, float* y, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(log_softmax_rows)(x, n, y, begin, end);
}

void log_softmax_gradient(const float* y, const float* g, int64_t n, float* dx, int64_t begin,
                          int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(log_softmax_gradient_rows)(y, g, n, dx, begin, end);
}

int64_t sparse_softmax_cross_entropy(const float* x, const int64_t* labels, int64_t n, float* loss,
                                     float* probabilities, int64_t begin, int64_t end) noexcept {
  return HWY_DYNAMIC_DISPATCH(sparse_rows_int64)(x, labels, n, loss, probabilities, begin, end);
}

int64_t sparse_softmax_cross_entropy(const float* x, const int32_t* labels, int64_t n, float* loss,
                                     float* probabilities, int64_t begin, int64_t end) noexcept {
  return HWY_DYNAMIC_DISPATCH(sparse_rows_int32)(x, labels, n, loss, probabilities, begin, end);
}

void sparse_softmax_cross_entropy_gradient(const float* probabilities, const int64_t* labels,
                                           int64_t n, const float* g, int64_t g_stride, float* dx,
                                           int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(sparse_gradient_rows_int64)
  (probabilities, labels, n, g, g_stride, dx, begin, end);
}

void sparse_softmax_cross_entropy_gradient(const float* probabilities, const int32_t* labels,
                                           int64_t n, const float* g, int64_t g_stride, float* dx,
                                           int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(sparse_gradient_rows_int32)
  (probabilities, labels, n, g, g_stride, dx, begin, end);
}

void softmax_cross_entropy(const float* x, const float* y, int64_t n, float* loss,
                           float* probabilities, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(dense_rows)(x, y, n, loss, probabilities, begin, end);
}

void softmax_cross_entropy_gradient(const float* probabilities, const float* y, int64_t n,
                                    const float* g, int64_t g_stride, float* dx, int64_t begin,
                                    int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(dense_gradient_rows)(probabilities, y, n, g, g_stride, dx, begin, end);
}

void binary_cross_entropy(const float* x, const float* y, float* loss, int64_t begin,
                          int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(binary_elements)(x, y, loss, begin, end);
}

void binary_cross_entropy_gradient(const float* x, const float* y, const float* g, int64_t g_stride,
                                   float* dx, int64_t begin, int64_t end) noexcept {
  HWY_DYNAMIC_DISPATCH(binary_gradient_elements)(x, y, g, g_stride, dx, begin, end);
}

}  // namespace antler::cpu
#endif  // HWY_ONCE
