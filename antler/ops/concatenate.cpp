#include "antler/ops/concatenate.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/cast.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/slice.h"

namespace antler::ops {
namespace {

std::vector<Value> under_one_type(const std::vector<Value>& values) {
  if (values.empty()) throw ValueError("concatenate: expected at least one value, got none");
  DType dtype = values.front().dtype();
  for (const Value& value : values) dtype = promote(dtype, value.dtype());
  std::vector<Value> cast_values;
  cast_values.reserve(values.size());
  for (const Value& value : values) cast_values.push_back(cast(value, dtype));
  return cast_values;
}

}  // namespace

TensorSpec Concatenate::infer(std::span<const TensorSpec> inputs) const {
  if (inputs.empty()) throw ValueError("concatenate: expected at least one value, got none");
  Shape out = inputs[0].shape;
  const int at = normalize_axis(name, axis, out.rank());
  out.set(at, 0);
  for (const TensorSpec& input : inputs) {
    if (input.dtype != inputs[0].dtype) {
      throw TypeError("concatenate: expected values of one type, got " + inputs[0].to_string() +
                      " and " + input.to_string() + "; convert with ops::cast");
    }
    Shape others = input.shape;
    if (others.rank() == out.rank()) others.set(at, out.dim(at));
    if (others != out) {
      throw ShapeError("concatenate: expected shapes that are equal but for axis " +
                       std::to_string(at) + ", got " + inputs[0].shape.to_string() + " and " +
                       input.shape.to_string());
    }
    out.set(at, out.dim(at) + input.shape.dim(at));
  }
  return {out, inputs[0].dtype};
}

std::vector<Value> Concatenate::gradient(const GradientContext& context) const {
  const Value& g = context.output_gradient(0);
  std::vector<Value> parts;
  std::int64_t start = 0;
  for (int i = 0; i < context.input_count(); ++i) {
    const std::int64_t stop = start + context.input(i).shape().dim(axis);
    parts.push_back(context.needs(i) ? slice_axis(g, axis, start, stop) : Value());
    start = stop;
  }
  return parts;
}

Value concatenate(const std::vector<Value>& values, int axis) {
  std::vector<Value> inputs = under_one_type(values);
  if (inputs.size() == 1) {
    normalize_axis("concatenate", axis, inputs.front().rank());
    return inputs.front();
  }
  return antler::apply(Concatenate{axis}, std::move(inputs));
}

Value stack(const std::vector<Value>& values, int axis) {
  if (values.empty()) throw ValueError("stack: expected at least one value, got none");
  std::vector<Value> expanded;
  expanded.reserve(values.size());
  for (const Value& value : values) {
    if (!value.shape().is_compatible(values.front().shape())) {
      throw ShapeError("stack: expected values of one shape, got " +
                       values.front().shape().to_string() + " and " + value.shape().to_string());
    }
    expanded.push_back(expand_dims(value, axis));
  }
  return concatenate(expanded, axis);
}

}  // namespace antler::ops
