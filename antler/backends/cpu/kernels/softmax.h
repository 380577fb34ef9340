// Softmax and the cross-entropies that are taken from logits, float32.
//
// Matrices are [rows, n] and contiguous; all work on the rows [begin, end), or elements where it is
// said so, and a row's bits do not depend on the range. An output may be the very array of an input
// of its shape. Threads: calls with disjoint ranges may run at once.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// y = e^(x - max x) / sum e^(x - max x), row by row.
void softmax(const float* x, int64_t n, float* y, int64_t begin, int64_t end) noexcept;

/// dx = y (g - sum(g y)), where y is the softmax.
void softmax_gradient(const float* y, const float* g, int64_t n, float* dx, int64_t begin,
                      int64_t end) noexcept;

/// y = x - max x - log(sum e^(x - max x)), row by row.
void log_softmax(const float* x, int64_t n, float* y, int64_t begin, int64_t end) noexcept;

/// dx = g - e^y sum(g), where y is the log-softmax.
void log_softmax_gradient(const float* y, const float* g, int64_t n, float* dx, int64_t begin,
                          int64_t end) noexcept;

/// loss[i] = -log_softmax(x[i])[label[i]], and probabilities[i] = softmax(x[i]) unless null.
///
/// Returns the first row whose label is not in [0, n), or -1; that row's loss is NaN.
int64_t sparse_softmax_cross_entropy(const float* x, const int64_t* labels, int64_t n, float* loss,
                                     float* probabilities, int64_t begin, int64_t end) noexcept;
int64_t sparse_softmax_cross_entropy(const float* x, const int32_t* labels, int64_t n, float* loss,
                                     float* probabilities, int64_t begin, int64_t end) noexcept;

/// dx[i] = (probabilities[i] - onehot(label[i])) g[i g_stride]; g_stride is 1, or 0 for one g.
///
/// A label that is not in [0, n) counts as no label.
void sparse_softmax_cross_entropy_gradient(const float* probabilities, const int64_t* labels,
                                           int64_t n, const float* g, int64_t g_stride, float* dx,
                                           int64_t begin, int64_t end) noexcept;
void sparse_softmax_cross_entropy_gradient(const float* probabilities, const int32_t* labels,
                                           int64_t n, const float* g, int64_t g_stride, float* dx,
                                           int64_t begin, int64_t end) noexcept;

/// loss[i] = -sum(y[i] log_softmax(x[i])), and probabilities[i] = softmax(x[i]) unless null.
///
/// A zero in y takes no part, whatever its logarithm.
void softmax_cross_entropy(const float* x, const float* y, int64_t n, float* loss,
                           float* probabilities, int64_t begin, int64_t end) noexcept;

/// dx[i] = (probabilities[i] sum(y[i]) - y[i]) g[i g_stride].
void softmax_cross_entropy_gradient(const float* probabilities, const float* y, int64_t n,
                                    const float* g, int64_t g_stride, float* dx, int64_t begin,
                                    int64_t end) noexcept;

/// loss = max(x, 0) - x y + log(1 + e^-|x|), for the elements [begin, end).
void binary_cross_entropy(const float* x, const float* y, float* loss, int64_t begin,
                          int64_t end) noexcept;

/// dx = (sigmoid(x) - y) g[i g_stride], for the elements i in [begin, end).
void binary_cross_entropy_gradient(const float* x, const float* y, const float* g, int64_t g_stride,
                                   float* dx, int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
