#include "antler/ops/tensordot.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/transpose.h"

namespace antler::ops {
namespace {

std::vector<int> normalized(const std::vector<int>& axes, int rank) {
  std::vector<int> result;
  for (const int axis : axes) result.push_back(normalize_axis("tensordot", axis, rank));
  return result;
}

std::vector<int> remaining(const std::vector<int>& axes, int rank) {
  std::vector<int> rest;
  for (int axis = 0; axis < rank; ++axis) {
    if (std::find(axes.begin(), axes.end(), axis) == axes.end()) rest.push_back(axis);
  }
  return rest;
}

std::vector<int> joined(std::vector<int> first, const std::vector<int>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

std::int64_t size_over(const Shape& shape, const std::vector<int>& axes) {
  std::int64_t size = 1;
  for (const int axis : axes) size *= shape.dim(axis);
  return size;
}

// a as (free, summed), b as (summed, free): one matrix product.
Value product_over(const Value& a, const Value& b, const std::vector<int>& a_axes,
                   const std::vector<int>& b_axes) {
  const std::vector<int> a_free = remaining(a_axes, a.rank());
  const std::vector<int> b_free = remaining(b_axes, b.rank());
  std::vector<std::int64_t> out;
  for (const int axis : a_free) out.push_back(a.shape().dim(axis));
  for (const int axis : b_free) out.push_back(b.shape().dim(axis));
  const std::int64_t summed = size_over(a.shape(), a_axes);
  const Value left =
      reshape(transpose(a, joined(a_free, a_axes)), {size_over(a.shape(), a_free), summed});
  const Value right =
      reshape(transpose(b, joined(b_axes, b_free)), {summed, size_over(b.shape(), b_free)});
  return reshape(matmul(left, right), Shape(out));
}

void check_pairs(const Value& a, const Value& b, const std::vector<int>& a_axes,
                 const std::vector<int>& b_axes) {
  bool fits = a_axes.size() == b_axes.size();
  for (std::size_t i = 0; fits && i < a_axes.size(); ++i) {
    const std::int64_t m = a.shape().dim(a_axes[i]);
    const std::int64_t n = b.shape().dim(b_axes[i]);
    fits = m == n || m == None || n == None;
  }
  if (fits) return;
  throw ShapeError("tensordot: expected axes that pair off with equal sizes, got " +
                   Config(a_axes).to_string() + " of " + a.shape().to_string() + " and " +
                   Config(b_axes).to_string() + " of " + b.shape().to_string());
}

}  // namespace

Value tensordot(const Value& a, const Value& b, int axes) {
  if (axes < 0 || axes > a.rank() || axes > b.rank()) {
    throw ShapeError("tensordot: expected at most " + std::to_string(std::min(a.rank(), b.rank())) +
                     " axes to sum over, got " + std::to_string(axes));
  }
  std::vector<int> a_axes;
  std::vector<int> b_axes;
  for (int i = 0; i < axes; ++i) {
    a_axes.push_back(a.rank() - axes + i);
    b_axes.push_back(i);
  }
  return tensordot(a, b, a_axes, b_axes);
}

Value tensordot(const Value& a, const Value& b, const std::vector<int>& a_axes,
                const std::vector<int>& b_axes) {
  const std::vector<int> from_a = normalized(a_axes, a.rank());
  const std::vector<int> from_b = normalized(b_axes, b.rank());
  check_pairs(a, b, from_a, from_b);
  return when_shapes_known("tensordot", {a, b},
                           Config::map({{"axes", std::vector<Config>{from_a, from_b}}}),
                           [from_a, from_b](std::span<const Value> operands) {
                             return product_over(operands[0], operands[1], from_a, from_b);
                           });
}

Value dot(const Value& a, const Value& b) {
  if (a.rank() == 0 || b.rank() == 0) return multiply(a, b);
  return tensordot(a, b, {-1}, {b.rank() == 1 ? 0 : -2});
}

Value outer(const Value& a, const Value& b) {
  return multiply(reshape(a, {None, 1}), reshape(b, {1, None}));
}

}  // namespace antler::ops
