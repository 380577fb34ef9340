#include "antler/activations/hard.h"

#include "antler/activations/relu.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/operands.h"
#include "antler/ops/rounding.h"
#include "antler/ops/where.h"

namespace antler::activations {

using ops::detail::as_floating;
using ops::detail::number_like;

Value hard_sigmoid(const Value& x) {
  const Value input = as_floating(x);
  return relu6(input + number_like(input, 3)) / number_like(input, 6);
}

Value hard_silu(const Value& x) {
  const Value input = as_floating(x);
  return input * hard_sigmoid(input);
}

Value hard_tanh(const Value& x) {
  const Value input = as_floating(x);
  const Value one = number_like(input, 1);
  return ops::where(input > one, one, ops::where(input < -one, -one, input));
}

Value hard_shrink(const Value& x, double threshold) {
  const Value input = as_floating(x);
  return ops::where(ops::abs(input) > number_like(input, threshold), input, number_like(input, 0));
}

Value soft_shrink(const Value& x, double threshold) {
  const Value input = as_floating(x);
  const Value limit = number_like(input, threshold);
  const Value below = ops::where(input < -limit, input + limit, number_like(input, 0));
  return ops::where(input > limit, input - limit, below);
}

Value threshold(const Value& x, double threshold, double default_value) {
  const Value input = as_floating(x);
  return ops::where(input > number_like(input, threshold), input,
                    number_like(input, default_value));
}

}  // namespace antler::activations
