#pragma once

#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"

namespace antler::ops {

/// The logarithm of softmax along one axis: y_i = x_i - max x - log sum_j exp(x_j - max x).
///
/// Shapes  x (..., n, ...) -> y, same shape.  Types  float32, float64.
/// Errors  ShapeError: `axis` outside [-rank, rank).  Source  keras.ops.log_softmax.
struct LogSoftmax {
  int axis = -1;
  static constexpr std::string_view name = "log_softmax";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"axis"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// Integers and bools are taken as float32.
Value log_softmax(const Value& x, int axis = -1);

}  // namespace antler::ops
