#include "antler/activations/smooth.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/operands.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/slice.h"
#include "antler/ops/softplus.h"
#include "antler/ops/trigonometric.h"

namespace antler::activations {

using ops::detail::as_floating;
using ops::detail::number_like;

Value log_sigmoid(const Value& x) { return -ops::softplus(-as_floating(x)); }

Value softsign(const Value& x) {
  const Value input = as_floating(x);
  return input / (ops::abs(input) + number_like(input, 1));
}

Value squareplus(const Value& x, double b) {
  const Value input = as_floating(x);
  return (input + ops::sqrt(input * input + number_like(input, b))) / number_like(input, 2);
}

Value mish(const Value& x) {
  const Value input = as_floating(x);
  return input * ops::tanh(ops::softplus(input));
}

Value tanh_shrink(const Value& x) {
  const Value input = as_floating(x);
  return input - ops::tanh(input);
}

Value glu(const Value& x, int axis) {
  return ops::when_shapes_known(
      "glu", {as_floating(x)}, Config::map({{"axis", axis}}),
      [axis](std::span<const Value> inputs) {
        const Value& input = inputs[0];
        const int rank = input.rank();
        if (axis < -rank || axis >= rank || input.shape().dim(axis) % 2 != 0) {
          throw ShapeError("glu: expected an axis of even size, got axis " + std::to_string(axis) +
                           " of " + input.shape().to_string());
        }
        const std::int64_t half = input.shape().dim(axis) / 2;
        return ops::slice_axis(input, axis, 0, half) *
               ops::sigmoid(ops::slice_axis(input, axis, half));
      });
}

}  // namespace antler::activations
