#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// Softmax along one axis: y_i = exp(x_i - max x) / sum_j exp(x_j - max x).
///
/// Shapes  x (..., n, ...) -> y, same shape; y sums to 1 along `axis`.  Types  float32, float64.
/// Errors  ShapeError: `axis` outside [-rank, rank).  Source  keras.ops.softmax; Bridle (1990).
struct Softmax {
  int axis = -1;
  static constexpr std::string_view name = "softmax";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Integers and bools are taken as float32.
Value softmax(const Value& x, int axis = -1);

}  // namespace antler::ops
