#pragma once

#include <span>
#include <vector>

#include "antler/backends/cpu/kernels/elementwise.h"
#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/graph/op.h"
#include "antler/ops/composite.h"
#include "antler/ops/convolution.h"
#include "antler/ops/window.h"

// Ops that only the compiler makes, for backends that run them. They lie beside the backends, a
// floor below the passes, because kernels must know them.
namespace antler {

namespace cpu {
Config field_value(Activation activation);
}

/// activation(op(A) op(B) + bias) for float32 matrices; inputs A, B and, if there is one, the bias.
struct FusedMatmul {
  bool transpose_a = false;
  bool transpose_b = false;
  bool has_bias = false;
  cpu::Activation activation = cpu::Activation::kLinear;
  static constexpr std::string_view name = "fused_matmul";
  static constexpr int arity = kVariadic;
  static constexpr const char* fields[] = {"transpose_a", "transpose_b", "has_bias", "activation"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// An optimizer's update by the product that alone makes its gradient, which then exists a few rows
/// at a time. Inputs A, B, then the update's behind the gradient; outputs the update's.
struct FusedUpdate {
  FusedMatmul product;
  ops::Composite update;
  static constexpr std::string_view name = "fused_update";
  static constexpr int arity = kVariadic;
  /// Made by a late pass: nothing merges them.
  bool operator==(const FusedUpdate&) const { return false; }
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
  /// The update's inputs, the gradient the first of them.
  std::vector<TensorSpec> update_inputs(std::span<const TensorSpec> inputs) const;
};

/// activation(convolution + bias) in float32; inputs x, the kernel and, if there is one, the bias.
struct FusedConvolution {
  ops::Convolution convolution;
  bool has_bias = false;
  cpu::Activation activation = cpu::Activation::kLinear;
  static constexpr std::string_view name = "fused_convolution";
  static constexpr int arity = kVariadic;
  static constexpr const char* fields[] = {"convolution", "has_bias", "activation"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// max_pool_gradient where x is positive, else 0: x is what a ReLU gave, and this its gradient too.
struct FusedMaxPoolGradient {
  ops::Window window = {};
  static constexpr std::string_view name = "fused_max_pool_gradient";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// max_pool of a fused convolution that nothing else reads; no two windows share a cell. Inputs as
/// FusedConvolution; outputs y and the place of each window's first largest, uint8, counted from
/// the first cell that lies in the image.
struct PooledConvolution {
  FusedConvolution convolution;
  ops::Window pool;
  static constexpr std::string_view name = "pooled_convolution";
  static constexpr int arity = kVariadic;
  static constexpr const char* fields[] = {"convolution", "pool"};
  std::vector<TensorSpec> infer(std::span<const TensorSpec> inputs) const;
};

/// From g, of y's shape, and those places to the gradient in what was pooled: (batch, sizes ...,
/// channels).
struct MaxUnpool {
  ops::Window window;
  std::vector<std::int64_t> sizes;
  static constexpr std::string_view name = "max_unpool";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window", "sizes"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// The gradients of a convolution from that of its pool. Inputs g, the kernel, places; x, g,
/// places.
struct PooledInputGradient {
  ops::ConvolutionInputGradient gradient;
  MaxUnpool unpool;
  static constexpr std::string_view name = "pooled_input_gradient";
  static constexpr int arity = 3;
  static constexpr const char* fields[] = {"gradient", "unpool"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};
struct PooledKernelGradient {
  ops::ConvolutionKernelGradient gradient;
  MaxUnpool unpool;
  static constexpr std::string_view name = "pooled_kernel_gradient";
  static constexpr int arity = 3;
  static constexpr const char* fields[] = {"gradient", "unpool"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

/// A chain of elementwise ops on float32 in one pass: all outputs have `shape`; how each input
/// meets them (whole, a scalar, a row, a column) stands in the program.
struct FusedElementwise {
  cpu::ElementwiseProgram program;
  Shape shape;
  static constexpr std::string_view name = "fused_elementwise";
  static constexpr int arity = kVariadic;
  /// Programs are made by the last pass: nothing merges them.
  bool operator==(const FusedElementwise&) const { return false; }
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
};

}  // namespace antler
