#include "tests/support/inputs.h"

#include <numeric>
#include <utility>
#include <vector>

#include "antler/core/random.h"

namespace antler::testing {
namespace {

constexpr std::uint32_t kStream = 17;

template <class F>
Tensor filled(const Shape& shape, std::uint64_t seed, F element) {
  const RandomStream random(seed, kStream, 0);
  Tensor out = Tensor::uninitialized(DType::float64, shape);
  std::uint64_t i = 0;
  for (double& x : out.mutable_data<double>()) x = element(random, i++);
  return out;
}

}  // namespace

Tensor normal(const Shape& shape, std::uint64_t seed) {
  return filled(shape, seed, [](const RandomStream& r, std::uint64_t i) { return r.normal(i); });
}

Tensor uniform(const Shape& shape, double low, double high, std::uint64_t seed) {
  return filled(shape, seed, [=](const RandomStream& r, std::uint64_t i) {
    return low + (high - low) * r.uniform(i);
  });
}

Tensor positive(const Shape& shape, std::uint64_t seed) { return uniform(shape, 0.5, 2, seed); }

Tensor distinct(const Shape& shape, std::uint64_t seed) {
  const auto size = static_cast<std::uint64_t>(shape.size());
  std::vector<double> elements(size);
  for (std::uint64_t i = 0; i < size; ++i) {
    elements[i] = 0.1 * (static_cast<double>(i) - static_cast<double>(size / 2)) + 0.05;
  }
  const RandomStream random(seed, kStream, 0);
  for (std::uint64_t i = size; i > 1; --i) {
    std::swap(elements[i - 1], elements[random.below(i, i)]);
  }
  return Tensor::from(elements, shape);
}

Tensor integers(const Shape& shape, std::int64_t low, std::int64_t high, std::uint64_t seed,
                DType dtype) {
  return filled(shape, seed,
                [=](const RandomStream& r, std::uint64_t i) {
                  const auto span = static_cast<std::uint64_t>(high - low);
                  return static_cast<double>(low + static_cast<std::int64_t>(r.below(i, span)));
                })
      .astype(dtype);
}

Tensor booleans(const Shape& shape, std::uint64_t seed) {
  return integers(shape, 0, 2, seed, DType::boolean);
}

Tensor values(std::initializer_list<double> elements, DType dtype) {
  return values(elements, Shape{static_cast<std::int64_t>(elements.size())}, dtype);
}

Tensor values(std::initializer_list<double> elements, const Shape& shape, DType dtype) {
  return Tensor::from(std::vector<double>(elements), shape).astype(dtype);
}

}  // namespace antler::testing
