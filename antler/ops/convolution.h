#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/graph/gradient_context.h"
#include "antler/graph/op.h"
#include "antler/ops/window.h"

namespace antler::ops {

/// y[n, o, f] = sum over cells t and channels c of x[n, o * strides + t * dilation - before, c] *
/// kernel[t, c, f], over one, two or three spatial axes; with `groups`, outputs see only the input
/// channels of their own group.
///
/// Shapes  x (batch, spatial ..., channels), kernel (window.size ..., channels / groups, filters)
///         -> y (batch, outputs ..., filters).
/// Types   float32, float64.
/// Errors  ShapeError for ranks, kernels and channels that do not fit, and for a window larger than
///         its input; TypeError for other types.
/// Source  keras.ops.conv, depthwise_conv; cross-correlation, as everywhere in Keras.
struct Convolution {
  Window window = {};
  std::int64_t groups = 1;
  static constexpr std::string_view name = "convolution";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window", "groups"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The adjoint of Convolution in x: from g, of y's shape, and the kernel to x's shape, whose
/// spatial sizes are `input_sizes`. It is the forward pass of a transposed convolution. Types and
/// errors as of Convolution.
struct ConvolutionInputGradient {
  Window window = {};
  std::int64_t groups = 1;
  std::vector<std::int64_t> input_sizes = {};
  static constexpr std::string_view name = "convolution_input_gradient";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window", "groups", "input_sizes"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

/// The adjoint of Convolution in the kernel: from x and g, of y's shape, to the kernel's shape.
/// Types and errors as of Convolution.
struct ConvolutionKernelGradient {
  Window window = {};
  std::int64_t groups = 1;
  static constexpr std::string_view name = "convolution_kernel_gradient";
  static constexpr int arity = 2;
  static constexpr const char* fields[] = {"window", "groups"};
  TensorSpec infer(std::span<const TensorSpec> inputs) const;
  std::vector<Value> gradient(const GradientContext& context) const;
};

struct ConvOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<std::int64_t> strides = {};  // one for each spatial axis; empty: 1
  std::string padding = "valid";           // or "same"; with one spatial axis: or "causal"
  std::vector<std::int64_t> dilation_rate = {};
};

/// Channels last: see Convolution for shapes, types and errors. The kernel is (window ..., channels
/// of a group, filters): kernel channels that divide x's make groups, as in Keras.
///
/// Errors  also ValueError for another `padding`, and strides and dilations that are below 1 or not
///         one for each spatial axis.
/// Source  keras.ops.conv.
Value conv(const Value& x, const Value& kernel, const ConvOptions& options = {});
/// conv of each channel by itself: the kernel is (window ..., channels, multiplier), and gives
/// channels * multiplier.  Source  keras.ops.depthwise_conv.
Value depthwise_conv(const Value& x, const Value& kernel, const ConvOptions& options = {});
/// depthwise_conv, then conv with a pointwise kernel (1 ..., channels * multiplier, filters).
///
/// Source  keras.ops.separable_conv.
Value separable_conv(const Value& x, const Value& depthwise_kernel, const Value& pointwise_kernel,
                     const ConvOptions& options = {});

struct ConvTransposeOptions {
  NamedOnly named_only = NamedOnly();
  std::vector<std::int64_t> strides = {};
  std::string padding = "valid";                  // or "same"
  std::vector<std::int64_t> output_padding = {};  // empty: Python's None
  std::vector<std::int64_t> dilation_rate = {};
};

/// The adjoint of conv: a larger y from x (batch, spatial ..., channels).
///
/// The kernel is (window ..., filters, channels). Without output_padding an axis of n gives
/// (n - 1) * stride + max(span, stride) outputs ("valid") or n * stride ("same"); with it
/// (n - 1) * stride + span + output_padding or (n - 1) * stride + span % 2 + output_padding.
/// Types and errors as of conv, and ValueError for output_padding that is negative, not below its
/// stride, or not one for each spatial axis.
///
/// Source  keras.ops.conv_transpose.
Value conv_transpose(const Value& x, const Value& kernel, const ConvTransposeOptions& options = {});

}  // namespace antler::ops
