#include "antler/ops/operands.h"

#include <string>

#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/ops/cast.h"

namespace antler::ops::detail {
namespace {

bool is_weak(const Value& value) { return value.node().is_weak(); }

// A real number keeps its fraction beside integers: the result is float32.
DType common_type(const Value& a, const Value& b) {
  if (is_weak(a) == is_weak(b)) return promote(a.dtype(), b.dtype());
  const DType strong = is_weak(a) ? b.dtype() : a.dtype();
  const DType weak = is_weak(a) ? a.dtype() : b.dtype();
  if (is_floating(weak) && !is_floating(strong)) return DType::float32;
  return strong == DType::boolean ? promote(strong, weak) : strong;
}

}  // namespace

std::pair<Value, Value> promote_operands(const Value& a, const Value& b) {
  const DType type = common_type(a, b);
  return {cast(a, type), cast(b, type)};
}

Value as_floating(const Value& x) { return is_floating(x.dtype()) ? x : cast(x, DType::float32); }

Value as_summable(const Value& x) {
  return x.dtype() == DType::boolean || x.dtype() == DType::uint8 ? cast(x, DType::int32) : x;
}

Value number_like(const Value& x, double number) {
  return Node::constant(Tensor::full(Shape(), number, x.dtype()), false);
}

TensorSpec infer_unary(std::string_view, std::span<const TensorSpec> inputs) { return inputs[0]; }

TensorSpec infer_floating_unary(std::string_view op, std::span<const TensorSpec> inputs) {
  if (!is_floating(inputs[0].dtype)) {
    throw TypeError(std::string(op) + ": expected float32 or float64, got " +
                    std::string(name(inputs[0].dtype)) + "; convert with ops::cast");
  }
  return inputs[0];
}

TensorSpec infer_binary(std::string_view op, std::span<const TensorSpec> inputs) {
  if (inputs[0].dtype != inputs[1].dtype) {
    throw TypeError(std::string(op) + ": expected operands of one type, got " +
                    std::string(name(inputs[0].dtype)) + " and " +
                    std::string(name(inputs[1].dtype)) + "; convert with ops::cast");
  }
  return {broadcast_shapes(op, inputs[0].shape, inputs[1].shape), inputs[0].dtype};
}

TensorSpec infer_comparison(std::string_view op, std::span<const TensorSpec> inputs) {
  return {infer_binary(op, inputs).shape, DType::boolean};
}

TensorSpec infer_predicate(std::string_view op, std::span<const TensorSpec> inputs) {
  return {infer_floating_unary(op, inputs).shape, DType::boolean};
}

}  // namespace antler::ops::detail
