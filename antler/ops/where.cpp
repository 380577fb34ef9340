#include "antler/ops/where.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/cast.h"
#include "antler/ops/operands.h"

namespace antler::ops {

TensorSpec Where::infer(std::span<const TensorSpec> inputs) const {
  if (inputs[0].dtype != DType::boolean) {
    throw TypeError("where: expected a bool condition, got " +
                    std::string(antler::name(inputs[0].dtype)) + "; compare first");
  }
  const TensorSpec values = detail::infer_binary(name, inputs.subspan(1));
  return {broadcast_shapes(name, inputs[0].shape, values.shape), values.dtype};
}

// A select, not a product: an inf or NaN on the side not taken must not leak in.
std::vector<Value> Where::gradient(const GradientContext& context) const {
  const Value& condition = context.input(0);
  const Value& g = context.output_gradient(0);
  return {Value(), context.needs(1) ? where(condition, g, 0) : Value(),
          context.needs(2) ? where(condition, 0, g) : Value()};
}

Value where(const Value& condition, const Value& a, const Value& b) {
  auto [x, y] = detail::promote_operands(a, b);
  return apply(Where{}, {cast(condition, DType::boolean), x, y});
}

}  // namespace antler::ops
