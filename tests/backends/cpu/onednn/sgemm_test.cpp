// Called here by themselves: the backend takes oneDNN only where it is the faster one.
#include "antler/backends/cpu/onednn/sgemm.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/thread_pool.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::cpu {
namespace {

Tensor matrix(const Shape& shape, std::uint64_t seed) {
  return testing::normal(shape, seed).astype(DType::float32);
}

// op(A) op(B) in double.
Tensor product_of(const GemmShape& s, const GemmFlags& flags, const Tensor& a, const Tensor& b) {
  Tensor c(DType::float32, {s.m, s.n});
  for (std::int64_t i = 0; i < s.m; ++i) {
    for (std::int64_t j = 0; j < s.n; ++j) {
      double sum = 0;
      for (std::int64_t k = 0; k < s.k; ++k) {
        sum += a.item(flags.transpose_a ? k * s.m + i : i * s.k + k) *
               b.item(flags.transpose_b ? j * s.k + k : k * s.n + j);
      }
      c.mutable_data<float>()[i * s.n + j] = static_cast<float>(sum);
    }
  }
  return c;
}

Tensor large(const GemmShape& s, const GemmFlags& flags, const Tensor& a, const Tensor& b) {
  Tensor c = Tensor::uninitialized(DType::float32, {s.m, s.n});
  large_product(s, flags, a.data<float>().data(), b.data<float>().data(),
                c.mutable_data<float>().data());
  return c;
}

// Higher than wide, and wider than high, with blocks of different sizes.
TEST(Sgemm, MultipliesEveryKindOfOperands) {
  const int before = num_threads();
  for (const GemmShape s : {GemmShape{389, 45, 23}, GemmShape{23, 389, 45}}) {
    for (const bool of_a : {false, true}) {
      for (const bool of_b : {false, true}) {
        const GemmFlags flags{.transpose_a = of_a, .transpose_b = of_b};
        const Tensor a = matrix({s.m * s.k}, 1), b = matrix({s.k * s.n}, 2);
        set_num_threads(1);
        const Tensor one = large(s, flags, a, b);
        EXPECT_TRUE(testing::is_near(one, product_of(s, flags, a, b), 1e-5)) << of_a << of_b;
        set_num_threads(3);
        EXPECT_TRUE(identical(large(s, flags, a, b), one)) << of_a << of_b;
      }
    }
  }
  set_num_threads(before);
}

struct Finish {
  Activation activation;
  double (*formula)(double x);
};

TEST(Sgemm, FinishesEachRowWithTheWholeBias) {
  const Finish finishes[] = {{Activation::kLinear, [](double x) { return x; }},
                             {Activation::kRelu, [](double x) { return x > 0 ? x : 0; }},
                             {Activation::kSigmoid, [](double x) { return 1 / (1 + exp(-x)); }},
                             {Activation::kTanh, [](double x) { return tanh(x); }}};
  const Tensor x = matrix({5, 37}, 1), bias = matrix({37}, 2);
  for (const auto& [activation, formula] : finishes) {
    for (const bool has_bias : {false, true}) {
      Tensor got = x.clone();
      finish_rows(has_bias ? bias.data<float>().data() : nullptr, activation, 5, 37,
                  got.mutable_data<float>().data());
      for (std::int64_t i = 0; i < x.size(); ++i) {
        const double sum = x.item(i) + (has_bias ? bias.item(i % 37) : 0);
        ASSERT_NEAR(got.item(i), formula(sum), 1e-6) << static_cast<int>(activation) << ' ' << i;
      }
    }
  }
}

}  // namespace
}  // namespace antler::cpu
