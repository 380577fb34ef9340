#include "antler/activations/elu.h"

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/where.h"

namespace antler::activations {

using ops::detail::number_like;

// The inner select keeps e^x of large x, and the inf * 0 in its gradient, away.
Value elu(const Value& x, double alpha) {
  const Value input = ops::detail::as_floating(x);
  const Value positive = input > 0;
  const Value low = ops::expm1(ops::where(positive, 0, input));
  return ops::where(positive, input, number_like(input, alpha) * low);
}

Value selu(const Value& x) {
  const Value y = elu(x, 1.6732632423543772);
  return number_like(y, 1.0507009873554805) * y;
}

Value celu(const Value& x, double alpha) {
  if (alpha == 0) throw ValueError("celu: expected an alpha other than 0, got 0");
  const Value input = ops::detail::as_floating(x);
  const Value zero = number_like(input, 0);
  const Value scale = number_like(input, alpha);
  return ops::maximum(input, zero) + scale * ops::expm1(ops::minimum(input, zero) / scale);
}

}  // namespace antler::activations
