#include "antler/activations/sparse.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/creation.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/sort.h"
#include "antler/ops/sum.h"
#include "antler/ops/where.h"

namespace antler::activations {

using ops::detail::as_floating;
using ops::detail::number_like;

Value sparse_plus(const Value& x) {
  const Value input = as_floating(x);
  const Value one = number_like(input, 1);
  const Value bent = (input + one) * (input + one) / number_like(input, 4);
  return ops::where(input <= -one, number_like(input, 0), ops::where(input >= one, input, bent));
}

Value sparse_sigmoid(const Value& x) {
  const Value input = as_floating(x);
  const auto number = [&](double v) { return number_like(input, v); };
  return number(0.5) * ops::clip(input + number(1), number(0), number(2));
}

Value sparsemax(const Value& x, int axis) {
  const Value input = as_floating(x);
  const auto number = [&](double v) { return number_like(input, v); };
  const auto total = [&](const Value& v) {
    return ops::sum(v, {.axis = {axis}, .keepdims = true});
  };
  const Value sorted = -ops::sort(-input, axis);
  const Value sums = ops::cumsum(sorted, axis);
  const Value position = ops::cumsum(ops::ones_like(input), axis);
  const Value supports = sorted - (sums - number(1)) / position > number(0);
  const Value count = total(ops::cast(supports, input.dtype()));
  const Value tau = (total(ops::where(supports, sums, number(0))) - number(1)) / count;
  return ops::maximum(input - tau, number(0));
}

}  // namespace antler::activations
