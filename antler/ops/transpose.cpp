#include "antler/ops/transpose.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <utility>

#include "antler/core/error.h"

namespace antler::ops {
namespace {

std::vector<int> axes_in_order(int rank) {
  std::vector<int> axes(static_cast<std::size_t>(rank));
  std::iota(axes.begin(), axes.end(), 0);
  return axes;
}

bool is_permutation(std::vector<int> perm, int rank) {
  std::sort(perm.begin(), perm.end());
  return perm == axes_in_order(rank);
}

Value permuted(const Value& x, std::vector<int> perm) {
  if (perm == axes_in_order(x.rank())) return x;
  return apply(Transpose{std::move(perm)}, {x});
}

}  // namespace

TensorSpec Transpose::infer(std::span<const TensorSpec> inputs) const {
  const Shape& shape = inputs[0].shape;
  if (!is_permutation(perm, shape.rank())) {
    std::string text;
    for (const int axis : perm) text += (text.empty() ? "" : ", ") + std::to_string(axis);
    throw ShapeError("transpose: expected each of the " + std::to_string(shape.rank()) +
                     " axes once, got [" + text + "]");
  }
  Shape out = shape;
  for (int axis = 0; axis < shape.rank(); ++axis) {
    out.set(axis, shape.dim(perm[static_cast<std::size_t>(axis)]));
  }
  return {out, inputs[0].dtype};
}

std::vector<Value> Transpose::gradient(const GradientContext& context) const {
  std::vector<int> inverse(perm.size());
  for (std::size_t i = 0; i < perm.size(); ++i) {
    inverse[static_cast<std::size_t>(perm[i])] = static_cast<int>(i);
  }
  return {permuted(context.output_gradient(0), std::move(inverse))};
}

Value transpose(const Value& x) {
  std::vector<int> perm = axes_in_order(x.rank());
  std::reverse(perm.begin(), perm.end());
  return permuted(x, std::move(perm));
}

Value transpose(const Value& x, const std::vector<int>& axes) {
  std::vector<int> perm;
  perm.reserve(axes.size());
  for (const int axis : axes) perm.push_back(normalize_axis("transpose", axis, x.rank()));
  return permuted(x, std::move(perm));
}

Value swapaxes(const Value& x, int axis1, int axis2) {
  std::vector<int> perm = axes_in_order(x.rank());
  std::swap(perm[static_cast<std::size_t>(normalize_axis("swapaxes", axis1, x.rank()))],
            perm[static_cast<std::size_t>(normalize_axis("swapaxes", axis2, x.rank()))]);
  return permuted(x, std::move(perm));
}

Value moveaxis(const Value& x, int source, int destination) {
  return moveaxis(x, std::vector<int>{source}, std::vector<int>{destination});
}

Value moveaxis(const Value& x, const std::vector<int>& source,
               const std::vector<int>& destination) {
  if (source.size() != destination.size()) {
    throw ShapeError("moveaxis: expected as many destinations as sources, got " +
                     std::to_string(destination.size()) + " and " + std::to_string(source.size()));
  }
  constexpr int kFree = -1;
  std::vector<int> perm(static_cast<std::size_t>(x.rank()), kFree);
  std::vector<bool> moved(perm.size(), false);
  for (std::size_t i = 0; i < source.size(); ++i) {
    const int from = normalize_axis("moveaxis", source[i], x.rank());
    const int to = normalize_axis("moveaxis", destination[i], x.rank());
    if (moved[static_cast<std::size_t>(from)] || perm[static_cast<std::size_t>(to)] != kFree) {
      throw ShapeError("moveaxis: expected distinct axes, got one twice");
    }
    moved[static_cast<std::size_t>(from)] = true;
    perm[static_cast<std::size_t>(to)] = from;
  }
  int next = 0;
  for (int& axis : perm) {
    if (axis != kFree) continue;
    while (moved[static_cast<std::size_t>(next)]) ++next;
    axis = next++;
  }
  return permuted(x, std::move(perm));
}

}  // namespace antler::ops
