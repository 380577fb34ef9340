#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/window.h"

namespace antler::ops {

/// The largest element of each window of each channel; padding never wins, NaN always does.
///
/// Shapes  x (batch, spatial ..., channels) -> y (batch, outputs ..., channels).
/// Types   every type, which it keeps.
/// Errors  ShapeError for a rank that does not fit or a window larger than its input; ValueError
///         for dilation or a padding that a window could lie in.
/// Source  keras.ops.max_pool.
struct MaxPool {
  Window window = {};
  static constexpr std::string_view name = "max_pool";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"window"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// From x and g, of y's shape, to x's: each element of g goes to the first largest of its window,
/// as in JAX. Types float32, float64. Errors as of MaxPool, ShapeError when the two shapes do not
/// fit, and TypeError for other types.
struct MaxPoolGradient {
  Window window = {};
  static constexpr std::string_view name = "max_pool_gradient";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// From x and h, of x's shape, to y's: h where x has the first largest of the window. The adjoint
/// of MaxPoolGradient in g, with its types and errors.
struct MaxPoolGather {
  Window window = {};
  static constexpr std::string_view name = "max_pool_gather";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The sum of each window of each channel; padding counts as 0. Shapes and errors as of MaxPool,
/// types and their error as of MaxPoolGradient.
struct SumPool {
  Window window = {};
  static constexpr std::string_view name = "sum_pool";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"window"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The adjoint of SumPool, to an input of these spatial sizes; types and errors as of SumPool.
struct SumPoolGradient {
  Window window = {};
  std::vector<std::int64_t> input_sizes = {};
  static constexpr std::string_view name = "sum_pool_gradient";
  static constexpr int arity = 1;
  static constexpr const char* fields[] = {"window", "input_sizes"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

struct PoolOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<std::int64_t> strides = {};  // one for each spatial axis; empty: the window's sizes
  std::string padding = "valid";           // or "same"
};

/// MaxPool with Keras' arguments; channels last.
///
/// Errors  as MaxPool; ValueError for another `padding`, and strides that are below 1 or not one
///         for each spatial axis.
/// Source  keras.ops.max_pool.
Value max_pool(const Value& x, const std::vector<std::int64_t>& pool_size,
               const PoolOptions& options = {});
/// The mean of the cells of x in the window: padding is not counted. Shapes and errors as of
/// max_pool; integers and bools are taken as float32.
/// Source  keras.ops.average_pool.
Value average_pool(const Value& x, const std::vector<std::int64_t>& pool_size,
                   const PoolOptions& options = {});

}  // namespace antler::ops
