#include "antler/data/normalize.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "antler/core/error.h"

namespace antler::utils {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// The norm of `count` numbers, `stride` apart.
template <class T>
double norm(const T* x, std::int64_t count, std::int64_t stride, double order) {
  double sum = 0;
  double largest = 0;
  double smallest = kInfinity;
  for (std::int64_t i = 0; i < count; ++i) {
    const double magnitude = std::abs(static_cast<double>(x[i * stride]));
    largest = std::max(largest, magnitude);
    smallest = std::min(smallest, magnitude);
    if (order == 2) {
      sum += magnitude * magnitude;
    } else if (order == 1) {
      sum += magnitude;
    } else if (order == 0) {
      sum += magnitude != 0 ? 1 : 0;
    } else {
      sum += std::pow(magnitude, order);
    }
  }
  if (order == kInfinity) return largest;
  if (order == -kInfinity) return smallest;
  if (order == 2) return std::sqrt(sum);
  return order == 1 || order == 0 ? sum : std::pow(sum, 1 / order);
}

template <class T>
void divide(Tensor& x, int axis, double order) {
  const std::int64_t count = x.shape()[axis];
  const std::int64_t stride = x.shape().size(axis + 1, x.rank());
  const auto data = x.mutable_data<T>();
  if (data.empty()) return;
  for (std::int64_t outer = 0; outer < x.shape().size(0, axis); ++outer) {
    for (std::int64_t inner = 0; inner < stride; ++inner) {
      T* line = data.data() + outer * count * stride + inner;
      const auto length = static_cast<T>(norm(line, count, stride, order));
      if (length == 0) continue;
      for (std::int64_t i = 0; i < count; ++i) line[i * stride] /= length;
    }
  }
}

}  // namespace

Tensor normalize(const Tensor& x, int axis, double order) {
  if (axis < -x.rank() || axis >= x.rank()) {
    throw ShapeError("normalize: expected an axis in [" + std::to_string(-x.rank()) + ", " +
                     std::to_string(x.rank()) + "), got " + std::to_string(axis) + " for " +
                     x.shape().to_string());
  }
  Tensor out = is_floating(x.dtype()) ? x : x.astype(DType::float64);
  const int counted = axis < 0 ? axis + x.rank() : axis;
  if (out.dtype() == DType::float32) {
    divide<float>(out, counted, order);
  } else {
    divide<double>(out, counted, order);
  }
  return out;
}

}  // namespace antler::utils
