#include "antler/layers/quantile_summary.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <string>

#include "antler/core/error.h"

namespace antler {
namespace {

// numpy.interp: the line through (x[i], y[i]), x increasing, at `at`; constant outside.
double interpolated(double at, std::span<const float> x, std::span<const float> y) {
  const auto above = std::upper_bound(x.begin(), x.end(), at);
  if (above == x.begin()) return y.front();
  if (above == x.end()) return y.back();
  const auto j = static_cast<std::size_t>(above - x.begin()) - 1;
  if (x[j] == at) return y[j];
  const double slope =
      (static_cast<double>(y[j + 1]) - y[j]) / (static_cast<double>(x[j + 1]) - x[j]);
  return slope * (at - x[j]) + y[j];
}

std::vector<float> sorted_numbers(const Tensor& batch) {
  const Tensor numbers = batch.astype(DType::float32);
  const auto data = numbers.data<float>();
  for (std::size_t i = 0; i < data.size(); ++i) {
    if (std::isfinite(data[i])) continue;
    throw ValueError("expected finite numbers, got " + std::to_string(data[i]) + " at element " +
                     std::to_string(i) + " of " + batch.shape().to_string() +
                     "; leave the row out or fill the value in");
  }
  std::vector<float> values(data.begin(), data.end());
  std::sort(values.begin(), values.end());
  return values;
}

}  // namespace

QuantileSummary::Entries QuantileSummary::compressed(Entries entries, double epsilon) {
  if (static_cast<double>(entries.values.size()) * epsilon < 1) return entries;
  std::vector<float> sums(entries.weights.size()), parts(sums.size());
  std::partial_sum(entries.weights.begin(), entries.weights.end(), sums.begin());
  for (std::size_t i = 0; i < sums.size(); ++i) parts[i] = sums[i] / sums.back();
  Entries result;
  double last = 0;
  // As many as numpy.arange(0, 1, epsilon) has.
  const auto count = static_cast<std::size_t>(std::ceil(1.0 / epsilon));
  for (std::size_t i = 0; i < count; ++i) {
    const double part = epsilon + static_cast<double>(i) * epsilon;
    const double sum = interpolated(part, parts, sums);
    result.values.push_back(static_cast<float>(interpolated(part, parts, entries.values)));
    result.weights.push_back(static_cast<float>(sum - last));
    last = sum;
  }
  return result;
}

void QuantileSummary::add(const Tensor& batch) {
  const std::vector<float> values = sorted_numbers(batch);
  const double step = std::max(static_cast<double>(values.size()) / (1.0 / epsilon_), 1.0);
  Entries both;
  const auto first = static_cast<std::size_t>(step - 1), stride = static_cast<std::size_t>(step);
  for (std::size_t i = first; i < values.size(); i += stride) {
    both.values.push_back(values[i]);
    both.weights.push_back(static_cast<float>(step));
  }
  both.values.insert(both.values.end(), entries_.values.begin(), entries_.values.end());
  both.weights.insert(both.weights.end(), entries_.weights.begin(), entries_.weights.end());
  std::vector<std::size_t> order(both.values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return both.values[a] < both.values[b]; });
  Entries merged;
  for (const std::size_t i : order) {
    merged.values.push_back(both.values[i]);
    merged.weights.push_back(both.weights[i]);
  }
  entries_ = compressed(std::move(merged), epsilon_);
}

std::vector<float> QuantileSummary::boundaries(int bins) const {
  std::vector<float> values = compressed(entries_, 1.0 / bins).values;
  if (!values.empty()) values.pop_back();
  return values;
}

}  // namespace antler
