#include "antler/ops/prod.h"

#include "antler/ops/arithmetic.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"

namespace antler::ops {
namespace {

/// One level of the tree of products: the halves of an axis that were multiplied with each other.
struct Level {
  Value left, right;
  int axis;
  bool has_rest;  // an odd last slice, which went on as it is
};

std::int64_t size_along(const Value& x, int axis) { return x.shape().dim(axis); }

// The gradient of left * right (and rest), put together in their order.
Value before_level(const Level& level, const Value& g) {
  const std::int64_t half = size_along(level.left, level.axis);
  const Value product = level.has_rest ? slice_axis(g, level.axis, 0, half) : g;
  std::vector<Value> parts = {product * level.right, product * level.left};
  if (level.has_rest) parts.push_back(slice_axis(g, level.axis, half));
  return concatenate(parts, level.axis);
}

}  // namespace

TensorSpec Prod::infer(std::span<const TensorSpec> inputs) const {
  return {reduced_shape(inputs[0].shape, axes, keepdims), inputs[0].dtype};
}

// Not y / x_i, which fails at zeros: a tree of products, differentiated by hand. It costs a few
// times the forward pass, and is exact to every order.
std::vector<Value> Prod::gradient(const GradientContext& context) const {
  Value x = context.input(0);
  if (x.shape().size() == 0) return {Value()};
  const Shape kept = reduced_shape(x.shape(), axes, true);
  std::vector<Level> levels;
  for (const int axis : axes) {
    while (size_along(x, axis) > 1) {
      const std::int64_t half = size_along(x, axis) / 2;
      const Level level = {slice_axis(x, axis, 0, half), slice_axis(x, axis, half, 2 * half), axis,
                           size_along(x, axis) % 2 == 1};
      const Value product = level.left * level.right;
      x = level.has_rest ? concatenate({product, slice_axis(x, axis, 2 * half)}, axis) : product;
      levels.push_back(level);
    }
  }
  Value g = reshape(context.output_gradient(0), kept);
  for (std::size_t i = levels.size(); i-- > 0;) g = before_level(levels[i], g);
  return {g};
}

Value prod(const Value& x, const ReduceOptions& options) {
  return apply(Prod{options.axis.resolve(Prod::name, x.rank()), options.keepdims},
               {detail::as_summable(x)});
}

}  // namespace antler::ops
