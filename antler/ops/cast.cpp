#include "antler/ops/cast.h"

namespace antler::ops {

TensorSpec Cast::infer(std::span<const TensorSpec> inputs) const {
  return {inputs[0].shape, dtype};
}

// Between floats the gradient is cast back; through an integer or bool nothing flows.
std::vector<Value> Cast::gradient(const GradientContext& context) const {
  const DType from = context.input(0).dtype();
  if (!is_floating(from) || !is_floating(dtype)) return {Value()};
  return {cast(context.output_gradient(0), from)};
}

Value cast(const Value& x, DType dtype) {
  if (x.dtype() == dtype) return x;
  const Node& node = x.node();
  if (node.kind() == NodeKind::constant && node.constant_value().size() == 1) {
    return Node::constant(node.constant_value().astype(dtype), node.is_weak());
  }
  return apply(Cast{dtype}, {x});
}

}  // namespace antler::ops
