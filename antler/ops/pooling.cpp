#include "antler/ops/pooling.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/operands.h"

namespace antler::ops {
namespace {

TensorSpec infer_pool(std::string_view op, const Window& window, const TensorSpec& x) {
  const auto outputs = window.outputs(op, x.shape);
  for (int axis = 0; axis < window.rank(); ++axis) {
    const auto a = static_cast<std::size_t>(axis);
    if (window.dilation[a] != 1) {
      throw ValueError(std::string(op) + ": expected a window without dilation, got " +
                       std::to_string(window.dilation[a]));
    }
    if (x.shape[axis + 1] == 0) {
      throw ShapeError(std::string(op) + ": expected at least 1 element along axis " +
                       std::to_string(axis + 1) + ", got " + x.shape.to_string());
    }
    if (std::max(window.before[a], window.after[a]) >= window.span(axis)) {
      throw ValueError(std::string(op) + ": expected padding smaller than the window, got " +
                       std::to_string(window.before[a]) + " and " +
                       std::to_string(window.after[a]) + " for a window that spans " +
                       std::to_string(window.span(axis)));
    }
  }
  return {spatial_shape(x.shape.front(), outputs, x.shape.back()), x.dtype};
}

void require_shape(std::string_view op, const Shape& expected, const Shape& got) {
  if (expected == got) return;
  throw ShapeError(std::string(op) + ": expected a second input of " + expected.to_string() +
                   ", got " + got.to_string());
}

// Keras' ops for unknown sizes wait until they are known: "same" depends on them.
Value pooled(std::string name, const Value& x, const std::vector<std::int64_t>& pool_size,
             const PoolOptions& options, Value (*pool)(const Value& x, const Window& window)) {
  require_padding(name, options.padding, {"valid", "same"});
  const Config attributes = Config::map({{"pool_size", to_config(pool_size)},
                                         {"strides", to_config(options.strides)},
                                         {"padding", options.padding}});
  return when_shapes_known(name, {x}, attributes, [=](std::span<const Value> v) {
    const auto& strides = options.strides.empty() ? pool_size : options.strides;
    return pool(v[0], make_window(name, v[0].shape(), pool_size, {strides, options.padding, {}}));
  });
}

}  // namespace

TensorSpec MaxPool::infer(std::span<const TensorSpec> inputs) const {
  return infer_pool(name, window, inputs[0]);
}

TensorSpec SumPool::infer(std::span<const TensorSpec> inputs) const {
  require_one_floating_type(name, inputs);
  return infer_pool(name, window, inputs[0]);
}

TensorSpec MaxPoolGradient::infer(std::span<const TensorSpec> inputs) const {
  require_one_floating_type(name, inputs);
  require_shape(name, infer_pool(name, window, inputs[0]).shape, inputs[1].shape);
  return inputs[0];
}

TensorSpec MaxPoolGather::infer(std::span<const TensorSpec> inputs) const {
  require_one_floating_type(name, inputs);
  require_shape(name, inputs[0].shape, inputs[1].shape);
  return infer_pool(name, window, inputs[0]);
}

TensorSpec SumPoolGradient::infer(std::span<const TensorSpec> inputs) const {
  const Shape& g = inputs[0].shape;
  require_one_floating_type(name, inputs);
  window.check(name, g);
  const TensorSpec x{spatial_shape(g.front(), input_sizes, g.back()), inputs[0].dtype};
  require_shape(name, infer_pool(name, window, x).shape, g);
  return x;
}

std::vector<Value> MaxPool::gradient(const GradientContext& context) const {
  return {apply(MaxPoolGradient{window}, {context.input(0), context.output_gradient(0)})};
}

// Which element is the largest does not change with x but at ties.
std::vector<Value> MaxPoolGradient::gradient(const GradientContext& context) const {
  return {Value(), apply(MaxPoolGather{window}, {context.input(0), context.output_gradient(0)})};
}

std::vector<Value> MaxPoolGather::gradient(const GradientContext& context) const {
  return {Value(), apply(MaxPoolGradient{window}, {context.input(0), context.output_gradient(0)})};
}

std::vector<Value> SumPool::gradient(const GradientContext& context) const {
  return {apply(SumPoolGradient{window, spatial_sizes(context.input(0).shape())},
                {context.output_gradient(0)})};
}

std::vector<Value> SumPoolGradient::gradient(const GradientContext& context) const {
  return {apply(SumPool{window}, {context.output_gradient(0)})};
}

Value max_pool(const Value& x, const std::vector<std::int64_t>& pool_size,
               const PoolOptions& options) {
  return pooled("max_pool", x, pool_size, options,
                [](const Value& v, const Window& window) { return apply(MaxPool{window}, {v}); });
}

Value average_pool(const Value& x, const std::vector<std::int64_t>& pool_size,
                   const PoolOptions& options) {
  const Value cells = detail::as_floating(x);
  return pooled(
      "average_pool", cells, pool_size, options, [](const Value& v, const Window& window) {
        const Value total = apply(SumPool{window}, {v});
        const bool padded =
            std::any_of(window.before.begin(), window.before.end(), [](auto n) { return n > 0; }) ||
            std::any_of(window.after.begin(), window.after.end(), [](auto n) { return n > 0; });
        if (!padded) return total / static_cast<double>(window.cells());
        // How many cells of x each window sees.
        const Value ones = Tensor::ones(spatial_shape(1, spatial_sizes(v.shape()), 1), v.dtype());
        return total / apply(SumPool{window}, {ones});
      });
}

}  // namespace antler::ops
