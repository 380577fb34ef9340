#include "antler/ops/sort.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/gather_along.h"

namespace antler::ops {
namespace {

// Each element came from one place: its gradient goes back there.
Value put_back(const Value& indices, const Value& gradient, const Value& x, int axis) {
  return apply(ScatterAlong{axis, x.shape().dim(axis)}, {indices, gradient});
}

}  // namespace

TensorSpec Sort::infer(std::span<const TensorSpec> inputs) const {
  normalize_axis(name, axis, inputs[0].shape.rank());
  return inputs[0];
}

std::vector<Value> Sort::gradient(const GradientContext& context) const {
  const Value& x = context.input(0);
  return {put_back(argsort(x, axis), context.output_gradient(0), x, axis)};
}

TensorSpec Argsort::infer(std::span<const TensorSpec> inputs) const {
  normalize_axis(name, axis, inputs[0].shape.rank());
  return {inputs[0].shape, DType::int32};
}

std::vector<Value> Argsort::gradient(const GradientContext&) const { return {Value()}; }

std::vector<TensorSpec> TopK::infer(std::span<const TensorSpec> inputs) const {
  Shape shape = inputs[0].shape;
  if (shape.rank() == 0) throw ShapeError("top_k: expected rank 1 or more, got ()");
  if (k < 1 || k > shape.back()) {
    throw ShapeError("top_k: expected k in [1, " + std::to_string(shape.back()) + "], got " +
                     std::to_string(k));
  }
  shape.set(-1, k);
  return {{shape, inputs[0].dtype}, {shape, DType::int32}};
}

std::vector<Value> TopK::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  return {g ? put_back(context.output(1), g, context.input(0), -1) : Value()};
}

Value sort(const Value& x, int axis) { return apply(Sort{axis}, {x}); }

Value argsort(const Value& x, int axis) { return apply(Argsort{axis}, {x}); }

TopKResult top_k(const Value& x, std::int64_t k) {
  const std::vector<Value> results = apply_all(TopK{k}, {x});
  return {results[0], results[1]};
}

}  // namespace antler::ops
