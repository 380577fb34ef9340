#include "antler/backends/cpu/matmul_kernel.h"

#include <gtest/gtest.h>

#include "antler/compiler/evaluate.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::cpu {
namespace {

Value variable(const Shape& shape, std::uint64_t seed) {
  return Variable(testing::normal(shape, seed).astype(DType::float32)).value();
}

// The axes before the last two broadcast on either side.
TEST(MatmulKernel, BroadcastsBatches) {
  const std::pair<Shape, Shape> cases[] = {
      {{5, 3, 4}, {5, 4, 6}},    {{3, 4}, {5, 4, 6}},          {{5, 3, 4}, {4, 6}},
      {{1, 3, 4}, {5, 4, 6}},    {{5, 3, 4}, {1, 4, 6}},       {{2, 1, 3, 4}, {7, 4, 6}},
      {{7, 3, 4}, {2, 1, 4, 6}}, {{2, 3, 1, 3, 4}, {5, 4, 6}}, {{2, 1, 3, 4}, {1, 5, 4, 6}}};
  for (const auto& [a, b] : cases) {
    const Value y = ops::matmul(variable(a, 1), variable(b, 2));
    EXPECT_TRUE(matmul_kernel(ops::Matmul(), {{{a, DType::float32}, {b, DType::float32}},
                                              {{y.shape(), DType::float32}}}));
    EXPECT_TRUE(testing::is_near(evaluate({y}, {.backend = "cpu"})[0],
                                 evaluate({y}, {.backend = "reference"})[0], 1e-5))
        << a.to_string() << ' ' << b.to_string();
  }
}

}  // namespace
}  // namespace antler::cpu
