#pragma once

#include <vector>

#include "antler/graph/value.h"

// Composites that backends run as one kernel.
namespace antler::ops {

/// (x - mean) / sqrt(variance + epsilon) * gamma + beta, with the mean and the biased variance of
/// each row. gamma and beta may be empty.
///
/// Shapes  x (rows, n), gamma and beta (n,) -> (rows, n).  Types  floats, all of one.
/// Source  keras.ops.layer_normalization; Ba et al. (2016), arXiv:1607.06450.
Value normalize_rows(const Value& x, const Value& gamma, const Value& beta, double epsilon);

/// The same by columns: with the mean and the biased variance of each column over all rows, which
/// it gives too.
struct NormalizedColumns {
  Value y, mean, variance;
};
/// Shapes  x (rows, n), gamma and beta (n,) -> y (rows, n), mean and variance (n,).
/// Source  Ioffe & Szegedy (2015), arXiv:1502.03167.
NormalizedColumns normalize_columns(const Value& x, const Value& gamma, const Value& beta,
                                    double epsilon);

}  // namespace antler::ops
