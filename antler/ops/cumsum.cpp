#include "antler/ops/cumsum.h"

#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"

namespace antler::ops {

TensorSpec Cumsum::infer(std::span<const TensorSpec> inputs) const {
  normalize_axis(name, axis, inputs[0].shape.rank());
  return inputs[0];
}

// x_i is in the sums from i on.
std::vector<Value> Cumsum::gradient(const GradientContext& context) const {
  return {apply(Cumsum{axis, !reverse}, {context.output_gradient(0)})};
}

Value cumsum(const Value& x, std::optional<int> axis) {
  const Value terms = detail::as_summable(x);
  if (axis) return apply(Cumsum{*axis}, {terms});
  return apply(Cumsum{0}, {reshape(terms, {None})});
}

}  // namespace antler::ops
