#include "antler/ops/size_of.h"

#include <utility>

#include "antler/graph/node.h"

namespace antler::ops {

std::int64_t SizeOf::count(const Shape& shape) const {
  std::int64_t count = 1;
  for (const int axis : axes) count *= shape.dim(axis);
  return count;
}

TensorSpec SizeOf::infer(std::span<const TensorSpec> inputs) const {
  for (const int axis : axes) normalize_axis(name, axis, inputs[0].shape.rank());
  return {Shape(), dtype};
}

std::vector<Value> SizeOf::gradient(const GradientContext&) const { return {Value()}; }

Value size_of(const Value& x, std::vector<int> axes, DType dtype) {
  const SizeOf op{std::move(axes), dtype};
  bool known = true;
  for (const int axis : op.axes) known = known && x.shape().dim(axis) != None;
  if (!known) return apply(op, {x});
  const double count = static_cast<double>(op.count(x.shape()));
  return Node::constant(Tensor::full(Shape(), count, dtype), false);
}

}  // namespace antler::ops
