#include "antler/ops/adaptive_pooling.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"
#include "antler/core/options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/composite.h"
#include "antler/ops/gather.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/pooling.h"
#include "antler/ops/reshape.h"

namespace antler::ops {
namespace {

struct Range {
  std::int64_t begin, end;
};

Range window_of(std::int64_t i, std::int64_t windows, std::int64_t n) {
  return {i * n / windows, ((i + 1) * n + windows - 1) / windows};
}

void check(std::string_view op, const Value& x, const std::vector<std::int64_t>& output_size) {
  const int rank = static_cast<int>(output_size.size());
  if (rank < 1 || rank > 3 || x.rank() != rank + 2) {
    throw ShapeError(std::string(op) + ": expected " + std::to_string(rank + 2) +
                     " dimensions (batch, " + std::to_string(rank) + " spatial, channels), got " +
                     x.shape().to_string());
  }
  if (*std::min_element(output_size.begin(), output_size.end()) < 1) {
    throw ValueError(std::string(op) + ": expected output sizes of at least 1, got " +
                     to_config(output_size).to_string());
  }
  for (int axis = 1; axis <= rank; ++axis) {
    if (x.shape()[axis] != 0) continue;
    throw ShapeError(std::string(op) + ": expected at least 1 element along axis " +
                     std::to_string(axis) + ", got " + x.shape().to_string());
  }
}

// One axis at a time: the mean of a block is the mean of its rows' means, as all rows are as long.
Value average_axis(const Value& x, int axis, std::int64_t windows) {
  const Shape& shape = x.shape();
  const std::int64_t n = shape[axis];
  std::vector<double> weights(static_cast<std::size_t>(windows * n), 0.0);
  for (std::int64_t i = 0; i < windows; ++i) {
    const Range range = window_of(i, windows, n);
    for (std::int64_t j = range.begin; j < range.end; ++j) {
      weights[static_cast<std::size_t>(i * n + j)] =
          1.0 / static_cast<double>(range.end - range.begin);
    }
  }
  const Value means = cast(Value(Tensor::from(weights, {1, windows, n})), x.dtype());
  const Shape flat = {shape.size(0, axis), n, shape.size(axis + 1, shape.rank())};
  Shape out = shape;
  out.set(axis, windows);
  return reshape(matmul(means, reshape(x, flat)), out);
}

// All windows are made as long as the longest, by their first element once more: a later one that
// is equal never is the first largest.
Value max_axis(const Value& x, int axis, std::int64_t windows) {
  const std::int64_t n = x.shape()[axis];
  std::int64_t longest = 1;
  for (std::int64_t i = 0; i < windows; ++i) {
    const Range range = window_of(i, windows, n);
    longest = std::max(longest, range.end - range.begin);
  }
  std::vector<std::int64_t> sources;
  for (std::int64_t i = 0; i < windows; ++i) {
    const Range range = window_of(i, windows, n);
    for (std::int64_t j = 0; j < longest; ++j) {
      sources.push_back(range.begin + j < range.end ? range.begin + j : range.begin);
    }
  }
  std::vector<std::int64_t> size(static_cast<std::size_t>(x.rank() - 2), 1);
  size[static_cast<std::size_t>(axis - 1)] = longest;
  return max_pool(take(x, Value(Tensor::from(sources)), axis), size);
}

Value pooled(std::string name, const Value& x, const std::vector<std::int64_t>& output_size,
             Value (*pool)(const Value& x, int axis, std::int64_t windows)) {
  check(name, x, output_size);
  const Config attributes = Config::map({{"output_size", to_config(output_size)}});
  return when_shapes_known(name, {x}, attributes, [=](std::span<const Value> v) {
    Value y = v[0];
    for (std::size_t i = 0; i < output_size.size(); ++i) {
      y = pool(y, static_cast<int>(i) + 1, output_size[i]);
    }
    return y;
  });
}

}  // namespace

Value adaptive_average_pool(const Value& x, const std::vector<std::int64_t>& output_size) {
  return pooled("adaptive_average_pool", detail::as_floating(x), output_size, average_axis);
}

Value adaptive_max_pool(const Value& x, const std::vector<std::int64_t>& output_size) {
  return pooled("adaptive_max_pool", x, output_size, max_axis);
}

}  // namespace antler::ops
