#include "antler/activations/gelu.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/erf.h"
#include "antler/ops/operands.h"
#include "antler/ops/trigonometric.h"

namespace antler::activations {

using ops::detail::number_like;

Value gelu(const Value& x, bool approximate) {
  constexpr double kSqrtHalf = 0.70710678118654752;
  constexpr double kSqrtTwoOverPi = 0.79788456080286536;
  const Value input = ops::detail::as_floating(x);
  const Value half = number_like(input, 0.5) * input;
  if (!approximate) return half * (1 + ops::erf(input * number_like(input, kSqrtHalf)));
  const Value bent = input + number_like(input, 0.044715) * (input * input * input);
  return half * (1 + ops::tanh(number_like(input, kSqrtTwoOverPi) * bent));
}

}  // namespace antler::activations
