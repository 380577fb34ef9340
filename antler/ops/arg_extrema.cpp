#include "antler/ops/arg_extrema.h"

#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/ops/axes.h"
#include "antler/ops/reshape.h"

namespace antler::ops {
namespace {

TensorSpec infer_position(std::string_view op, const Shape& shape, int axis, bool keepdims) {
  const int resolved = normalize_axis(op, axis, shape.rank());
  if (shape.dim(resolved) == 0) {
    throw ShapeError(std::string(op) + ": expected at least one element along axis " +
                     std::to_string(axis) + ", got " + shape.to_string());
  }
  return {reduced_shape(shape, std::vector<int>{resolved}, keepdims), DType::int32};
}

template <class Op>
Value position(const Value& x, const ArgOptions& options) {
  if (options.axis) return apply(Op{*options.axis, options.keepdims}, {x});
  const Value found = apply(Op{0, false}, {reshape(x, {None})});
  if (!options.keepdims) return found;
  return reshape(found, Shape(std::vector<std::int64_t>(static_cast<std::size_t>(x.rank()), 1)));
}

}  // namespace

TensorSpec ArgMax::infer(std::span<const TensorSpec> inputs) const {
  return infer_position(name, inputs[0].shape, axis, keepdims);
}
TensorSpec ArgMin::infer(std::span<const TensorSpec> inputs) const {
  return infer_position(name, inputs[0].shape, axis, keepdims);
}

Value argmax(const Value& x, const ArgOptions& options) { return position<ArgMax>(x, options); }
Value argmin(const Value& x, const ArgOptions& options) { return position<ArgMin>(x, options); }

}  // namespace antler::ops
