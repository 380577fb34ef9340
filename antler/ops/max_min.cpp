#include "antler/ops/max_min.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/reshape.h"
#include "antler/ops/sum.h"

namespace antler::ops {
namespace {

TensorSpec infer_extremum(std::string_view op, const TensorSpec& input, std::span<const int> axes,
                          bool keepdims) {
  std::int64_t count = 1;
  for (const int axis : axes) count *= input.shape.dim(axis);
  if (count == 0 && input.dtype != DType::boolean) {
    throw ShapeError(std::string(op) + ": expected at least one element along each axis, got " +
                     input.shape.to_string());
  }
  return {reduced_shape(input.shape, axes, keepdims), input.dtype};
}

// As JAX: g over the number of elements that are the extremum, at each of them.
std::vector<Value> shared_equally(const GradientContext& context, const std::vector<int>& axes) {
  const Value& x = context.input(0);
  const Shape kept = reduced_shape(x.shape(), axes, true);
  const Value chosen = cast(equal(x, reshape(context.output(0), kept)), x.dtype());
  const Value count = sum(chosen, {.axis = axes, .keepdims = true});
  return {chosen * (reshape(context.output_gradient(0), kept) / count)};
}

}  // namespace

TensorSpec Max::infer(std::span<const TensorSpec> inputs) const {
  return infer_extremum(name, inputs[0], axes, keepdims);
}
TensorSpec Min::infer(std::span<const TensorSpec> inputs) const {
  return infer_extremum(name, inputs[0], axes, keepdims);
}

std::vector<Value> Max::gradient(const GradientContext& context) const {
  return shared_equally(context, axes);
}
std::vector<Value> Min::gradient(const GradientContext& context) const {
  return shared_equally(context, axes);
}

Value max(const Value& x, const ReduceOptions& options) {
  return apply(Max{options.axis.resolve(Max::name, x.rank()), options.keepdims}, {x});
}
Value min(const Value& x, const ReduceOptions& options) {
  return apply(Min{options.axis.resolve(Min::name, x.rank()), options.keepdims}, {x});
}

Value all(const Value& x, const ReduceOptions& options) {
  return min(cast(x, DType::boolean), options);
}
Value any(const Value& x, const ReduceOptions& options) {
  return max(cast(x, DType::boolean), options);
}

}  // namespace antler::ops
