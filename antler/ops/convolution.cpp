#include "antler/ops/convolution.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/composite.h"
#include "antler/ops/reshape.h"

namespace antler::ops {
namespace {

void require(std::string_view op, bool valid, const std::string& text) {
  if (!valid) throw ShapeError(std::string(op) + ": expected " + text);
}

// "causal" is Keras' Conv1D's: the past lies along one axis.
void check_padding(std::string_view op, const Value& x, std::string_view padding) {
  const bool has_one_axis = x.rank() == 3;
  require_padding(op, padding,
                  has_one_axis ? std::vector<std::string_view>{"valid", "same", "causal"}
                               : std::vector<std::string_view>{"valid", "same"});
}

// The kernel's window is the attribute's, and its filters divide into the groups.
void check_kernel(std::string_view op, const Window& window, std::int64_t groups,
                  const Shape& kernel) {
  require(op, kernel.rank() == window.rank() + 2,
          "a kernel of " + std::to_string(window.rank() + 2) + " dimensions, got " +
              kernel.to_string());
  require(op, Shape(window.size) == kernel.subshape(0, window.rank()),
          "a kernel of " + Shape(window.size).to_string() + " cells, got " + kernel.to_string());
  require(op, groups >= 1 && kernel.back() % groups == 0,
          "filters that " + std::to_string(groups) + " groups divide, got a kernel of " +
              kernel.to_string());
}

void check_output(std::string_view op, const std::vector<std::int64_t>& outputs, const Shape& g) {
  require(op, Shape(outputs) == g.subshape(1, g.rank() - 1),
          "a gradient of " + Shape(outputs).to_string() + " positions, got " + g.to_string());
}

template <class Options>
Config attributes_of(const Options& options) {
  return Config::map({{"strides", to_config(options.strides)},
                      {"padding", options.padding},
                      {"dilation_rate", to_config(options.dilation_rate)}});
}

void check_spatial(std::string_view op, const Value& x, const Value& kernel) {
  const bool fits = x.rank() >= 3 && x.rank() <= 5 && kernel.rank() == x.rank();
  require(op, fits,
          "x (batch, 1 to 3 spatial, channels) and a kernel of as many dimensions, got " +
              x.shape().to_string() + " and " + kernel.shape().to_string());
}

std::vector<std::int64_t> window_size(const Value& kernel) {
  return {kernel.shape().begin(), kernel.shape().end() - 2};
}

// Below the stride: beyond it no element of x would reach. Python's None is an empty list.
void check_output_padding(std::string_view op, const Window& window,
                          const std::vector<std::int64_t>& output_padding) {
  const auto fits = [](std::int64_t more, std::int64_t stride) {
    return more >= 0 && more < stride;
  };
  if (output_padding.empty() || std::equal(output_padding.begin(), output_padding.end(),
                                           window.strides.begin(), window.strides.end(), fits)) {
    return;
  }
  throw ValueError(std::string(op) + ": expected " + std::to_string(window.rank()) +
                   " numbers of output_padding, each at least 0 and below its stride in " +
                   to_config(window.strides).to_string() + ", got " +
                   to_config(output_padding).to_string());
}

Value convolution(std::string_view op, const Value& x, const Value& kernel,
                  const ConvOptions& options, std::int64_t groups) {
  const Window window = make_window(op, x.shape(), window_size(kernel),
                                    {options.strides, options.padding, options.dilation_rate});
  return apply(Convolution{window, groups}, {x, kernel});
}

}  // namespace

TensorSpec Convolution::infer(std::span<const TensorSpec> inputs) const {
  const Shape& x = inputs[0].shape;
  const Shape& kernel = inputs[1].shape;
  require_one_floating_type(name, inputs);
  const auto outputs = window.outputs(name, x);
  check_kernel(name, window, groups, kernel);
  require(name, kernel[-2] * groups == x.back(),
          std::to_string(kernel[-2] * groups) + " channels for a kernel of " + kernel.to_string() +
              (groups > 1 ? " in " + std::to_string(groups) + " groups" : "") + ", got " +
              x.to_string());
  return {spatial_shape(x.front(), outputs, kernel.back()), inputs[0].dtype};
}

TensorSpec ConvolutionInputGradient::infer(std::span<const TensorSpec> inputs) const {
  const Shape& g = inputs[0].shape;
  const Shape& kernel = inputs[1].shape;
  require_one_floating_type(name, inputs);
  window.check(name, g);
  check_kernel(name, window, groups, kernel);
  require(
      name, input_sizes.size() == window.size.size(),
      std::to_string(window.rank()) + " input sizes, got " + std::to_string(input_sizes.size()));
  require(name, kernel.back() == g.back(),
          std::to_string(kernel.back()) + " channels for a kernel of " + kernel.to_string() +
              ", got " + g.to_string());
  const Shape x = spatial_shape(g.front(), input_sizes, kernel[-2] * groups);
  check_output(name, window.outputs(name, x), g);
  return {x, inputs[0].dtype};
}

TensorSpec ConvolutionKernelGradient::infer(std::span<const TensorSpec> inputs) const {
  const Shape& x = inputs[0].shape;
  const Shape& g = inputs[1].shape;
  require_one_floating_type(name, inputs);
  const auto outputs = window.outputs(name, x);
  require(name, g.rank() == x.rank() && g.front() == x.front(),
          "a gradient of batch and rank as x, got " + x.to_string() + " and " + g.to_string());
  check_output(name, outputs, g);
  require(name, groups >= 1 && x.back() % groups == 0 && g.back() % groups == 0,
          "channels that " + std::to_string(groups) + " groups divide, got " + x.to_string() +
              " and " + g.to_string());
  std::vector<std::int64_t> dims = window.size;
  dims.push_back(x.back() / groups);
  dims.push_back(g.back());
  return {Shape(dims), inputs[0].dtype};
}

// With T(x, w, g) = sum of g times the convolution of x and w, each of the three ops is the
// derivative of T by one argument, so their own derivatives are among them.
std::vector<Value> Convolution::gradient(const GradientContext& context) const {
  const Value& x = context.input(0);
  const Value& kernel = context.input(1);
  const Value& g = context.output_gradient(0);
  Value dx, dkernel;
  if (context.needs(0)) {
    dx = apply(ConvolutionInputGradient{window, groups, spatial_sizes(x.shape())}, {g, kernel});
  }
  if (context.needs(1)) dkernel = apply(ConvolutionKernelGradient{window, groups}, {x, g});
  return {dx, dkernel};
}

std::vector<Value> ConvolutionInputGradient::gradient(const GradientContext& context) const {
  const Value& h = context.output_gradient(0);
  Value dg, dkernel;
  if (context.needs(0)) dg = apply(Convolution{window, groups}, {h, context.input(1)});
  if (context.needs(1)) {
    dkernel = apply(ConvolutionKernelGradient{window, groups}, {h, context.input(0)});
  }
  return {dg, dkernel};
}

std::vector<Value> ConvolutionKernelGradient::gradient(const GradientContext& context) const {
  const Value& x = context.input(0);
  const Value& v = context.output_gradient(0);
  Value dx, dg;
  if (context.needs(0)) {
    dx = apply(ConvolutionInputGradient{window, groups, spatial_sizes(x.shape())},
               {context.input(1), v});
  }
  if (context.needs(1)) dg = apply(Convolution{window, groups}, {x, v});
  return {dx, dg};
}

Value conv(const Value& x, const Value& kernel, const ConvOptions& options) {
  check_spatial("conv", x, kernel);
  check_padding("conv", x, options.padding);
  const std::int64_t channels = x.shape().back();
  const std::int64_t of_group = kernel.shape()[-2];
  require("conv", of_group >= 1 && (channels == None || channels % of_group == 0),
          "channels that the kernel's divide, got " + x.shape().to_string() + " and a kernel of " +
              kernel.shape().to_string());
  return when_shapes_known("conv", {x, kernel}, attributes_of(options),
                           [options](std::span<const Value> v) {
                             const std::int64_t groups = v[0].shape().back() / v[1].shape()[-2];
                             return convolution("conv", v[0], v[1], options, groups);
                           });
}

Value depthwise_conv(const Value& x, const Value& kernel, const ConvOptions& options) {
  constexpr std::string_view kName = "depthwise_conv";
  check_spatial(kName, x, kernel);
  check_padding(kName, x, options.padding);
  require(kName, x.shape().back() == None || x.shape().back() == kernel.shape()[-2],
          std::to_string(kernel.shape()[-2]) + " channels, got " + x.shape().to_string());
  return when_shapes_known(std::string(kName), {x, kernel}, attributes_of(options),
                           [options, kName](std::span<const Value> v) {
                             std::vector<std::int64_t> dims = window_size(v[1]);
                             dims.push_back(1);
                             dims.push_back(v[1].shape()[-2] * v[1].shape()[-1]);
                             return convolution(kName, v[0], reshape(v[1], Shape(dims)), options,
                                                v[0].shape().back());
                           });
}

Value separable_conv(const Value& x, const Value& depthwise_kernel, const Value& pointwise_kernel,
                     const ConvOptions& options) {
  return conv(depthwise_conv(x, depthwise_kernel, options), pointwise_kernel);
}

// Keras dilates x by the strides, puts `left` and more cells around it, and correlates with the
// turned kernel: the adjoint of a convolution whose input had span - 1 - left cells before it.
Value conv_transpose(const Value& x, const Value& kernel, const ConvTransposeOptions& options) {
  constexpr std::string_view kName = "conv_transpose";
  check_spatial(kName, x, kernel);
  require_padding(kName, options.padding, {"valid", "same"});
  const bool same = options.padding == "same";
  Config attributes = attributes_of(options);
  attributes.set("output_padding", to_config(options.output_padding));
  return when_shapes_known(
      std::string(kName), {x, kernel}, attributes,
      [options, same, kName](std::span<const Value> v) {
        Window window = make_window(kName, v[0].shape(), window_size(v[1]),
                                    {options.strides, "valid", options.dilation_rate});
        check_output_padding(kName, window, options.output_padding);
        std::vector<std::int64_t> sizes;
        for (int axis = 0; axis < window.rank(); ++axis) {
          const auto a = static_cast<std::size_t>(axis);
          const std::int64_t span = window.span(axis);
          const std::int64_t stride = window.strides[a];
          const bool by_default = options.output_padding.empty();
          const std::int64_t more = by_default ? 0 : options.output_padding[a];
          // What stands around the dilated x in all, and before it.
          std::int64_t around =
              2 * (span - 1) + (by_default ? std::max(stride - span, std::int64_t{0}) : more);
          std::int64_t left = span - 1;
          if (same) {
            around = by_default ? stride + span - 2 : span + span % 2 - 2 + more;
            left = std::min(around / 2 + around % 2, span - 1);
          }
          const std::int64_t reach = (v[0].shape()[axis + 1] - 1) * stride + 1;
          sizes.push_back(reach + around - (span - 1));
          window.before[a] = span - 1 - left;
          window.after[a] =
              std::max<std::int64_t>(0, reach - 1 + span - sizes.back() - window.before[a]);
        }
        return apply(ConvolutionInputGradient{window, 1, sizes}, {v[0], v[1]});
      });
}

}  // namespace antler::ops
