#include "antler/layers/resize_weights.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "antler/core/error.h"

namespace antler {
namespace {

using Kernel = double (*)(double distance);

double triangle(double x) { return std::max(0.0, 1 - x); }

double keys_cubic(double x) {
  if (x >= 2) return 0;
  if (x >= 1) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return ((1.5 * x - 2.5) * x) * x + 1;
}

template <int Radius>
double lanczos(double x) {
  constexpr double kPi = 3.14159265358979323846;
  if (x > Radius) return 0;
  if (x <= 1e-3) return 1;
  return Radius * std::sin(kPi * x) * std::sin(kPi * x / Radius) / (kPi * kPi * x * x);
}

Kernel kernel_of(std::string_view method) {
  if (method == "bilinear") return triangle;
  if (method == "bicubic") return keys_cubic;
  if (method == "lanczos3") return lanczos<3>;
  if (method == "lanczos5") return lanczos<5>;
  throw ValueError("unknown interpolation \"" + std::string(method) + "\"");
}

}  // namespace

Tensor resize_weights(std::string_view method, std::int64_t n, std::int64_t count, bool antialias) {
  const Kernel kernel = kernel_of(method);
  Tensor weights = Tensor::zeros({n, count}, DType::float64);
  const auto out = weights.mutable_data<double>();
  const double step = static_cast<double>(n) / static_cast<double>(count);
  const double reach = antialias ? std::max(step, 1.0) : 1.0;
  std::vector<double> column(static_cast<std::size_t>(n));
  for (std::int64_t j = 0; j < count; ++j) {
    const double center = (static_cast<double>(j) + 0.5) * step;
    double sum = 0;
    for (std::int64_t i = 0; i < n; ++i) {
      const double distance = std::abs(center - 0.5 - static_cast<double>(i));
      const double weight = kernel(distance / reach);
      column[static_cast<std::size_t>(i)] = weight;
      sum += weight;
    }
    for (std::int64_t i = 0; i < n; ++i) {
      out[static_cast<std::size_t>(i * count + j)] = column[static_cast<std::size_t>(i)] / sum;
    }
  }
  return weights;
}

}  // namespace antler
