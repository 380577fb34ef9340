#include "antler/initializers/orthogonal.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "antler/core/options.h"
#include "antler/initializers/fill.h"

namespace antler::initializers {
namespace {

double dot(const double* a, const double* b, std::int64_t n) {
  double sum = 0;
  for (std::int64_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

// Makes `count` vectors of `n` numbers orthonormal by modified Gram-Schmidt, each against all
// before it twice: the second time removes what rounding left over. R's diagonal comes out
// positive.
void orthonormalize(std::vector<double>& vectors, std::int64_t count, std::int64_t n) {
  for (std::int64_t k = 0; k < count; ++k) {
    double* v = vectors.data() + k * n;
    for (int round = 0; round < 2; ++round) {
      for (std::int64_t j = 0; j < k; ++j) {
        const double* q = vectors.data() + j * n;
        const double along = dot(q, v, n);
        for (std::int64_t i = 0; i < n; ++i) v[i] -= along * q[i];
      }
    }
    const double length = std::sqrt(dot(v, v, n));
    for (std::int64_t i = 0; i < n; ++i) v[i] /= length;
  }
}

class OrthogonalInitializer final : public InitializerBase {
 public:
  explicit OrthogonalInitializer(const OrthogonalOptions& options) : options_(options) {}

  std::string_view class_name() const override { return "Orthogonal"; }
  Config get_config() const override { return options_to_config(options_); }
  std::optional<std::int64_t> seed() const override { return options_.seed; }
  Tensor make(const Shape& shape, DType dtype, const RandomStream& random) const override {
    if (shape.rank() < 2) {
      throw ShapeError("Orthogonal: expected at least 2 dimensions, got " + shape.to_string());
    }
    const std::int64_t rows = shape.size(0, shape.rank() - 1);
    const std::int64_t columns = shape.back();
    const std::int64_t count = std::min(rows, columns);
    const std::int64_t n = std::max(rows, columns);
    std::vector<double> vectors(static_cast<std::size_t>(count * n));
    for (std::size_t i = 0; i < vectors.size(); ++i) vectors[i] = random.normal(i);
    orthonormalize(vectors, count, n);
    return filled(class_name(), shape, dtype, [&](std::uint64_t element) {
      const std::int64_t row = static_cast<std::int64_t>(element) / columns;
      const std::int64_t column = static_cast<std::int64_t>(element) % columns;
      const std::int64_t at = rows < columns ? row * n + column : column * n + row;
      return options_.gain * vectors[static_cast<std::size_t>(at)];
    });
  }

 private:
  OrthogonalOptions options_;
};

}  // namespace

Orthogonal::Orthogonal(const OrthogonalOptions& options)
    : Initializer(std::make_shared<OrthogonalInitializer>(options)) {}

}  // namespace antler::initializers
