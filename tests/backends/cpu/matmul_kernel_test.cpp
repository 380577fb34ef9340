#include "antler/backends/cpu/matmul_kernel.h"

#include <gtest/gtest.h>

#include <array>

#include "antler/compiler/evaluate.h"
#include "antler/core/thread_pool.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/relu.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/transpose.h"
#include "antler/ops/trigonometric.h"
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

struct Finish {
  const char* name;
  Value (*activation)(const Value& x);
};
const Finish kFinishes[] = {{"linear", [](const Value& x) { return x; }},
                            {"relu", [](const Value& x) { return ops::relu(x); }},
                            {"sigmoid", [](const Value& x) { return ops::sigmoid(x); }},
                            {"tanh", [](const Value& x) { return ops::tanh(x); }}};

// Small products, those cut into blocks of rows, and those that oneDNN computes, higher than wide
// and wider than high; in sizes that fill no block.
TEST(MatmulKernel, AddsABiasAndActivates) {
  const std::array<std::int64_t, 3> sizes[] = {
      {31, 45, 27}, {261, 203, 149}, {261, 523, 517}, {523, 517, 261}};
  for (const auto [m, k, n] : sizes) {
    const Value a = variable({m, k}, 1), bias = variable({n}, 3);
    const Value b = variable({k, n}, 2) * (1.0 / 16);
    const Tensor product = evaluate({ops::matmul(a, b)}, {.backend = "reference"})[0];
    for (const auto& [name, activation] : kFinishes) {
      // Each in a program of its own: a product that two values read is not fused with either.
      for (const bool has_bias : {false, true}) {
        const auto finish = [&, &activation = activation](const Value& x) {
          return std::vector<Value>{activation(has_bias ? x + bias : x)};
        };
        const Tensor got = evaluate(finish(ops::matmul(a, b)), {.backend = "cpu"})[0];
        const Tensor expected = evaluate(finish(product), {.backend = "reference"})[0];
        EXPECT_TRUE(testing::is_near(got, expected, 2e-5)) << name << has_bias << ' ' << m;
      }
    }
  }
}

// The rows are cut for the threads there are: no bit may show how.
TEST(MatmulKernel, GivesTheSameBitsForAnyNumberOfThreads) {
  const int before = num_threads();
  const std::array<std::int64_t, 3> sizes[] = {{128, 784, 128}, {784, 128, 129}, {67, 1100, 90},
                                               {300, 513, 257}, {32, 300, 517},  {7, 1500, 410}};
  for (const auto [m, k, n] : sizes) {
    const Value a = variable({m, k}, 1), b = variable({k, n}, 2);
    const Value of_a = Variable(Tensor(ops::transpose(a)));
    const std::vector<Value> products = {ops::tanh(ops::matmul(a, b) + variable({n}, 3)),
                                         apply(ops::Matmul{.transpose_a = true}, {of_a, b})};
    set_num_threads(1);
    const std::vector<Tensor> alone = evaluate(products, {.backend = "cpu"});
    for (const int threads : {2, 3, 5}) {
      set_num_threads(threads);
      const std::vector<Tensor> shared = evaluate(products, {.backend = "cpu"});
      for (std::size_t i = 0; i < products.size(); ++i) {
        EXPECT_TRUE(identical(shared[i], alone[i])) << threads << " threads, " << m << " rows";
      }
    }
  }
  set_num_threads(before);
}

TEST(MatmulKernel, TransposesLargeOperands) {
  const std::int64_t m = 517, k = 523, n = 261;
  const Value a = variable({m, k}, 1), b = variable({k, n}, 2) * (1.0 / 16);
  const Tensor expected = evaluate({ops::matmul(a, b)}, {.backend = "reference"})[0];
  for (const bool of_a : {false, true}) {
    for (const bool of_b : {false, true}) {
      const Value left = of_a ? Value(Variable(Tensor(ops::transpose(a)))) : a;
      const Value right = of_b ? Value(Variable(Tensor(ops::transpose(b)))) : b;
      const Value y = apply(ops::Matmul{.transpose_a = of_a, .transpose_b = of_b}, {left, right});
      EXPECT_TRUE(testing::is_near(evaluate({y}, {.backend = "cpu"})[0], expected, 2e-5))
          << of_a << of_b;
    }
  }
}

}  // namespace
}  // namespace antler::cpu
