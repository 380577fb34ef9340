#include "antler/ops/reverse.h"

#include <utility>

namespace antler::ops {

TensorSpec Reverse::infer(std::span<const TensorSpec> inputs) const {
  for (const int axis : axes) normalize_axis(name, axis, inputs[0].shape.rank());
  return inputs[0];
}

std::vector<Value> Reverse::gradient(const GradientContext& context) const {
  return {apply(*this, {context.output_gradient(0)})};
}

Value flip(const Value& x, const Axes& axis) {
  std::vector<int> axes = axis.resolve("flip", x.rank());
  return axes.empty() ? x : apply(Reverse{std::move(axes)}, {x});
}

}  // namespace antler::ops
