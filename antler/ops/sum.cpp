#include "antler/ops/sum.h"

#include "antler/ops/broadcast_to.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"

namespace antler::ops {

TensorSpec Sum::infer(std::span<const TensorSpec> inputs) const {
  return {reduced_shape(inputs[0].shape, axes, keepdims), inputs[0].dtype};
}

std::vector<Value> Sum::gradient(const GradientContext& context) const {
  const Shape& shape = context.input(0).shape();
  const Value kept = reshape(context.output_gradient(0), reduced_shape(shape, axes, true));
  return {broadcast_to(kept, shape)};
}

Value sum(const Value& x, const ReduceOptions& options) {
  std::vector<int> axes = options.axis.resolve(Sum::name, x.rank());
  return apply(Sum{std::move(axes), options.keepdims}, {detail::as_summable(x)});
}

}  // namespace antler::ops
