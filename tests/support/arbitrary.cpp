#include "tests/support/arbitrary.h"

#include <numeric>
#include <string>
#include <utility>

#include "antler/autodiff/gradients.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {

void showValue(const Shape& shape, std::ostream& out) { out << shape.to_string(); }
void showValue(DType dtype, std::ostream& out) { out << name(dtype); }

namespace testing {
namespace {

std::uint64_t any_seed() { return *rc::gen::inRange<std::uint64_t>(0, 1U << 20).as("seed"); }

}  // namespace

std::int64_t any_number(std::int64_t low, std::int64_t high) {
  return *rc::gen::inRange<std::int64_t>(low, high + 1);
}

DType any_type(std::initializer_list<DType> types) {
  return *rc::gen::elementOf(std::vector<DType>(types));
}

DType any_float() { return any_type({DType::float32, DType::float64}); }

Shape any_shape(int min_rank, int max_rank, std::int64_t min_size) {
  const auto rank = static_cast<std::size_t>(any_number(min_rank, max_rank));
  return *rc::gen::map(rc::gen::container<std::vector<std::int64_t>>(
                           rank, rc::gen::inRange<std::int64_t>(min_size, 5)),
                       [](const std::vector<std::int64_t>& sizes) { return Shape(sizes); });
}

int any_axis(int rank) { return static_cast<int>(any_number(-rank, rank - 1)); }

std::vector<int> any_permutation(int count) {
  std::vector<int> permutation(static_cast<std::size_t>(count));
  std::iota(permutation.begin(), permutation.end(), 0);
  for (std::size_t i = permutation.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>(any_number(0, static_cast<std::int64_t>(i) - 1));
    std::swap(permutation[i - 1], permutation[other]);
  }
  return permutation;
}

Tensor any_normal(const Shape& shape, DType dtype) {
  return normal(shape, any_seed()).astype(dtype);
}

Tensor any_whole(const Shape& shape, DType dtype, std::int64_t low, std::int64_t high) {
  return integers(shape, low, high + 1, any_seed(), DType::int64).astype(dtype);
}

void require_near(const Tensor& got, const Tensor& expected, double tolerance) {
  const auto result = is_near(got, expected, tolerance);
  if (!result) RC_FAIL(std::string(result.message()));
}

void require_adjoint(const std::function<Value(const Value&)>& f, const Tensor& x) {
  const Value input(x);
  const Value output = f(input);
  const Value y(any_whole(output.shape(), x.dtype()));
  const Value adjoint =
      vector_jacobian_product(std::span(&output, 1), std::span(&y, 1), std::span(&input, 1))[0];
  RC_ASSERT(adjoint.shape() == x.shape());
  require_near(ops::sum(output * y), ops::sum(input * adjoint));
}

}  // namespace testing
}  // namespace antler
