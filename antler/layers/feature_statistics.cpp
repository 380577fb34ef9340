#include "antler/layers/feature_statistics.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "antler/core/error.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

// The feature of each element of one example, or of the whole batch when its first axis is kept.
std::vector<std::size_t> feature_map(const Shape& shape, const std::vector<int>& axes) {
  const int first = !axes.empty() && axes.front() == 0 ? 0 : 1;
  std::vector<std::size_t> map(static_cast<std::size_t>(shape.size(first, shape.rank())));
  for (std::size_t element = 0; element < map.size(); ++element) {
    auto rest = static_cast<std::int64_t>(element);
    std::int64_t feature = 0, stride = 1;
    for (int axis = shape.rank() - 1; axis >= first; --axis) {
      const std::int64_t position = rest % shape[axis];
      rest /= shape[axis];
      if (!std::binary_search(axes.begin(), axes.end(), axis)) continue;
      feature += position * stride;
      stride *= shape[axis];
    }
    map[element] = static_cast<std::size_t>(feature);
  }
  return map;
}

[[noreturn]] void not_finite(double value, std::int64_t element, const Shape& shape) {
  std::string position;
  for (int axis = shape.rank() - 1; axis >= 0; --axis) {
    position = std::to_string(element % shape[axis]) + (position.empty() ? "" : ", ") + position;
    element /= shape[axis];
  }
  throw ValueError("expected finite numbers, got " + std::to_string(value) + " at (" + position +
                   ") of " + shape.to_string() + "; leave the row out or fill the value in");
}

}  // namespace

Tensor FeatureStatistics::mean() const { return Tensor::from(means_, shape_); }

void FeatureStatistics::add(const Tensor& batch) {
  if (!batch) throw ValueError("expected data, got " + batch.shape().to_string());
  Shape shape;
  for (const int axis : axes_) shape = shape.inserted(shape.rank(), batch.shape()[axis]);
  const std::vector<std::size_t> features = feature_map(batch.shape(), axes_);
  const auto feature_count = static_cast<std::size_t>(shape.size());
  std::vector<double> means(feature_count), squares(feature_count);
  const auto count = static_cast<double>(batch.size()) / static_cast<double>(feature_count);
  visit_dtype(batch.dtype(), [&](auto zero) {
    const auto data = batch.data<decltype(zero)>();
    for (std::size_t i = 0; i < data.size();) {
      for (const std::size_t feature : features) {
        const auto value = static_cast<double>(data[i++]);
        if (!std::isfinite(value)) {
          not_finite(value, static_cast<std::int64_t>(i - 1), batch.shape());
        }
        means[feature] += value;
      }
    }
    for (double& mean : means) mean /= count;
    for (std::size_t i = 0; i < data.size();) {
      for (const std::size_t feature : features) {
        const double distance = static_cast<double>(data[i++]) - means[feature];
        squares[feature] += distance * distance;
      }
    }
  });
  if (count_ == 0) {
    shape_ = shape;
    means_.assign(feature_count, 0);
    squares_.assign(feature_count, 0);
  }
  const double total = count_ + count;
  for (std::size_t i = 0; i < feature_count; ++i) {
    const double distance = means[i] - means_[i];
    means_[i] += distance * (count / total);
    squares_[i] += squares[i] + distance * distance * (count_ * count / total);
  }
  count_ = total;
}

Tensor FeatureStatistics::variance() const {
  std::vector<double> variances = squares_;
  for (double& variance : variances) variance /= count_;
  return Tensor::from(variances, shape_);
}

}  // namespace antler
