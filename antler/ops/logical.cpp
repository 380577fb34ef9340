#include "antler/ops/logical.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/cast.h"

namespace antler::ops {
namespace {

Value truth(const Value& x) { return cast(x, DType::boolean); }

}  // namespace

TensorSpec detail::infer_logical(std::string_view op, std::span<const TensorSpec> inputs) {
  Shape shape;
  for (const TensorSpec& input : inputs) {
    if (input.dtype != DType::boolean) {
      throw TypeError(std::string(op) + ": expected bool, got " + std::string(name(input.dtype)) +
                      "; convert with ops::cast");
    }
    shape = broadcast_shapes(op, shape, input.shape);
  }
  return {shape, DType::boolean};
}

Value logical_and(const Value& a, const Value& b) {
  return apply(LogicalAnd{}, {truth(a), truth(b)});
}
Value logical_or(const Value& a, const Value& b) {
  return apply(LogicalOr{}, {truth(a), truth(b)});
}
Value logical_not(const Value& x) { return apply(LogicalNot{}, {truth(x)}); }

}  // namespace antler::ops
