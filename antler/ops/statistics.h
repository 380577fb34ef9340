#pragma once

#include <optional>

#include "antler/core/named_only.h"
#include "antler/graph/value.h"
#include "antler/ops/axes.h"

// Reductions composed of others; integers and bools are taken as float32.
//
// Shapes  x without the axes, or with 1 in their place.  Types  float32, float64.
// Errors  ShapeError for an axis out of range or given twice; logsumexp and the norms of infinity
//         also where there is no element.
namespace antler::ops {

/// sum / count; the count may depend on axes whose size is not known yet.  Source  keras.ops.mean.
Value mean(const Value& x, const ReduceOptions& options = {});
/// mean((x - mean x)^2): biased, as in Keras.  Source  keras.ops.var.
Value var(const Value& x, const ReduceOptions& options = {});
/// sqrt(var x); the derivative is NaN where all elements are equal, as on JAX.
///
/// Source  keras.ops.std.
Value std(const Value& x, const ReduceOptions& options = {});
/// log sum e^x without overflow; -inf, with gradient 0, of nothing but -inf.
///
/// Source  keras.ops.logsumexp.
Value logsumexp(const Value& x, const ReduceOptions& options = {});

/// `ord`: by default the 2-norm of all elements along `axis` (Frobenius for a matrix). Along one
/// axis any p: (sum |x|^p)^(1/p); 0 counts what is not 0, infinity is the largest |x|, -infinity
/// the smallest. Along two axes 1 and -1 (largest, smallest column sum of |x|), infinity and
/// -infinity (row sums).
struct NormOptions {
  NamedOnly named_only = NamedOnly();
  std::optional<double> ord = {};
  Axes axis = {};
  bool keepdims = false;
};
/// The norm of all elements, of vectors along an axis or of matrices along two.
///
/// Errors  ValueError for an `ord` that two axes do not have (2 and "nuc" need singular values), or
///         for any `ord` along more axes.  Source  keras.ops.norm.
Value norm(const Value& x, const NormOptions& options = {});

}  // namespace antler::ops
