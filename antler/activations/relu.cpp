#include "antler/activations/relu.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/extrema.h"
#include "antler/ops/operands.h"
#include "antler/ops/relu.h"
#include "antler/ops/where.h"

namespace antler::activations {
namespace {

using ops::detail::number_like;

Value positive_part(const Value& x, const ReluOptions& options) {
  if (options.threshold != 0) return ops::where(x > number_like(x, options.threshold), x, 0);
  return ops::relu(x);
}

// Keras' two ways differ in the derivative at the limit: 0 for relu6, half for any other.
Value limited(const Value& x, const ReluOptions& options) {
  if (!options.max_value) return x;
  const Value limit = number_like(x, *options.max_value);
  if (*options.max_value == 6 && options.threshold == 0) return ops::where(x >= limit, limit, x);
  return ops::clip(x, 0, limit);
}

}  // namespace

Value relu(const Value& x, const ReluOptions& options) {
  if (options.negative_slope == 0) return limited(positive_part(x, options), options);
  if (!options.max_value && options.threshold == 0) return leaky_relu(x, options.negative_slope);
  const Value input = ops::detail::as_floating(x);
  const Value below = ops::relu(number_like(input, options.threshold) - input);
  return limited(positive_part(input, options), options) -
         number_like(input, options.negative_slope) * below;
}

Value leaky_relu(const Value& x, double negative_slope) {
  const Value input = ops::detail::as_floating(x);
  return ops::where(input >= 0, input, number_like(input, negative_slope) * input);
}

Value relu6(const Value& x) { return relu(x, {.max_value = 6}); }

}  // namespace antler::activations
