#include "tests/support/near.h"

#include <algorithm>
#include <cmath>

namespace antler::testing {
namespace {

double scale_of(const Tensor& expected) {
  double scale = 0;
  for (std::int64_t i = 0; i < expected.size(); ++i) {
    const double x = std::abs(expected.item<double>(i));
    if (std::isfinite(x)) scale = std::max(scale, x);
  }
  return std::min(scale, 1.0);
}

}  // namespace

::testing::AssertionResult is_near(const Tensor& got, const Tensor& expected, double tolerance) {
  if (got.shape() != expected.shape()) {
    return ::testing::AssertionFailure() << "got shape " << got.shape().to_string() << ", expected "
                                         << expected.shape().to_string();
  }
  const bool exact = !is_floating(got.dtype());
  const double scale = scale_of(expected);
  for (std::int64_t i = 0; i < got.size(); ++i) {
    const double a = got.item<double>(i);
    const double b = expected.item<double>(i);
    if (a == b || (std::isnan(a) && std::isnan(b))) continue;
    if (!exact && std::abs(a - b) <= tolerance * std::max(scale, std::abs(b)) && std::isfinite(b)) {
      continue;
    }
    return ::testing::AssertionFailure()
           << "element " << i << " of " << got.shape().to_string() << ": got " << a << ", expected "
           << b << " (apart " << a - b << ")";
  }
  return ::testing::AssertionSuccess();
}

}  // namespace antler::testing
