#include "antler/layers/unit_length.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/sum.h"

namespace antler {

Value unit_length(const Value& x, const ops::Axes& axes, double epsilon) {
  const Value input = ops::detail::as_floating(x);
  const Value squares = ops::sum(input * input, {.axis = axes, .keepdims = true});
  // The bound inside the root, where Keras has it outside: the gradient at 0 is then a number.
  const Value bound = ops::detail::number_like(input, epsilon * epsilon);
  return input * ops::rsqrt(ops::maximum(squares, bound));
}

}  // namespace antler
