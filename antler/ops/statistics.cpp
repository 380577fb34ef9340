#include "antler/ops/statistics.h"

#include <cmath>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/exponential.h"
#include "antler/ops/finite.h"
#include "antler/ops/max_min.h"
#include "antler/ops/operands.h"
#include "antler/ops/power.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/size_of.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::ops {
namespace {

Value vector_norm(const Value& x, double ord, int axis, bool keepdims) {
  const ReduceOptions along = {.axis = axis, .keepdims = keepdims};
  const Value size = abs(x);
  if (std::isinf(ord)) return ord > 0 ? max(size, along) : min(size, along);
  if (ord == 0) return sum(cast(not_equal(x, 0), x.dtype()), along);
  if (ord == 1) return sum(size, along);
  if (ord == 2) return sqrt(sum(x * x, along));
  return power(sum(power(size, detail::number_like(x, ord)), along),
               detail::number_like(x, 1 / ord));
}

Value matrix_norm(const Value& x, double ord, std::span<const int> axes, bool keepdims) {
  const bool rows = std::isinf(ord);
  if (!rows && std::abs(ord) != 1) {
    throw ValueError("norm: expected ord 1, -1, inf or -inf along two axes, got " +
                     std::to_string(ord) + "; leave ord out for the Frobenius norm");
  }
  const Value sums = sum(abs(x), {.axis = axes[rows ? 1 : 0], .keepdims = true});
  const Value norm = ord > 0 ? max(sums, {.axis = axes[rows ? 0 : 1], .keepdims = true})
                             : min(sums, {.axis = axes[rows ? 0 : 1], .keepdims = true});
  return keepdims ? norm : sum(norm, {.axis = std::vector<int>(axes.begin(), axes.end())});
}

}  // namespace

Value mean(const Value& x, const ReduceOptions& options) {
  const Value terms = detail::as_floating(x);
  return sum(terms, options) /
         size_of(terms, options.axis.resolve("mean", x.rank()), terms.dtype());
}

Value var(const Value& x, const ReduceOptions& options) {
  const Value terms = detail::as_floating(x);
  const Value distance = terms - mean(terms, {.axis = options.axis, .keepdims = true});
  return mean(distance * distance, options);
}

Value std(const Value& x, const ReduceOptions& options) { return sqrt(var(x, options)); }

// The shift by the largest element is a constant for the gradient: it cancels. Infinite ones are
// not subtracted (inf - inf is NaN), and log 0 is taken by a select, so that no 0 * inf arises.
Value logsumexp(const Value& x, const ReduceOptions& options) {
  const Value terms = detail::as_floating(x);
  const Value top = stop_gradient(max(terms, {.axis = options.axis, .keepdims = true}));
  const Value shift = where(isfinite(top), top, 0);
  const Value total = sum(exp(terms - shift), {.axis = options.axis, .keepdims = true});
  const Value nothing = equal(total, 0);
  const Value result = where(nothing, -INFINITY, log(where(nothing, 1, total)) + shift);
  return options.keepdims ? result : sum(result, {.axis = options.axis});
}

Value norm(const Value& x, const NormOptions& options) {
  const Value values = detail::as_floating(x);
  const std::vector<int> axes = options.axis.resolve("norm", x.rank());
  if (!options.ord) return sqrt(sum(values * values, {.axis = axes, .keepdims = options.keepdims}));
  if (axes.size() == 1) return vector_norm(values, *options.ord, axes[0], options.keepdims);
  if (axes.size() == 2) return matrix_norm(values, *options.ord, axes, options.keepdims);
  throw ValueError("norm: expected one or two axes with ord, got " + std::to_string(axes.size()) +
                   "; leave ord out for the 2-norm of all elements");
}

}  // namespace antler::ops
