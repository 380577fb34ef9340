// Elementwise functions as a user calls them: types, numbers, compositions, kinks.
#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/comparison.h"
#include "antler/ops/division.h"
#include "antler/ops/exponential.h"
#include "antler/ops/extrema.h"
#include "antler/ops/finite.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/logical.h"
#include "antler/ops/power.h"
#include "antler/ops/relu.h"
#include "antler/ops/roots.h"
#include "antler/ops/rounding.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/sum.h"
#include "antler/ops/trigonometric.h"
#include "antler/ops/where.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

constexpr double kInf = INFINITY;

Tensor gradient_at(const std::function<Value(const Value&)>& f, const Tensor& x) {
  const Variable v(x);
  return gradients(ops::sum(f(v)), std::vector<Variable>{v}).front();
}

TEST(Types, FloatFunctionsTakeIntegersAsFloat32) {
  EXPECT_EQ(ops::exp(Tensor(1)).dtype(), DType::float32);
  EXPECT_EQ(ops::sqrt(values({4}, DType::int64)).dtype(), DType::float32);
  EXPECT_EQ(ops::floor(Tensor(1)).dtype(), DType::float32);
  EXPECT_EQ(ops::reciprocal(Tensor(4)).dtype(), DType::float32);
  EXPECT_EQ(ops::divide(Tensor(1), Tensor(4)).dtype(), DType::float32);
  EXPECT_EQ(ops::log_softmax(values({1, 2}, DType::int32)).dtype(), DType::float32);
  EXPECT_EQ(ops::exp(values({1})).dtype(), DType::float64);
}

TEST(Types, ANumberTakesTheOtherType) {
  const Value x = Tensor(3);
  EXPECT_EQ((x + 1).dtype(), DType::int32);
  EXPECT_EQ((x + 0.5).dtype(), DType::float32);
  EXPECT_EQ(ops::maximum(values({1}), 0).dtype(), DType::float64);
  EXPECT_EQ(ops::where(true, values({1}, DType::int64), 0).dtype(), DType::int64);
  EXPECT_EQ(ops::abs(values({1}, DType::uint8)).dtype(), DType::uint8);
  EXPECT_EQ(ops::relu(Tensor(true)).dtype(), DType::int32);
  EXPECT_EQ((x > 2).dtype(), DType::boolean);
}

TEST(Compositions, Numbers) {
  EXPECT_TRUE(is_near(ops::clip(Tensor{-2, 0.5, 3}, -1, 1), {-1, 0.5, 1}));
  EXPECT_TRUE(is_near(ops::square(Tensor{-2, 3}), {4, 9}));
  EXPECT_TRUE(is_near(ops::reciprocal(Tensor{-2, 4}), {-0.5, 0.25}));
  EXPECT_TRUE(is_near(ops::tan(Tensor{0, 1}), {0, std::tan(1.0)}));
  EXPECT_TRUE(is_near(ops::power(Tensor{-2, 3}, 2), {4, 9}));
  EXPECT_TRUE(is_near(ops::pow(Tensor{-2, 3}, 3), {-8, 27}));
  EXPECT_TRUE(is_near(ops::power(Tensor{4, 9}, 0.5), {2, 3}));
  EXPECT_TRUE(is_near(ops::power(2, Tensor{3, -1}), {8, 0.5}));
  EXPECT_TRUE(is_near(ops::mod(Tensor{-7}, 4), {1}));
  EXPECT_TRUE(identical(ops::floor_divide(Tensor(-7), 4), Tensor(-2)));
  EXPECT_TRUE(
      identical(ops::logical_and(Tensor{1, 0}, Tensor{2, 2}), values({1, 0}, DType::boolean)));
  EXPECT_TRUE(identical(ops::isfinite(Tensor(3)), Tensor(true)));
}

TEST(Compositions, Derivatives) {
  const auto check = [](const std::function<Value(const Value&)>& f, const Tensor& x) {
    const Body body = [f](const std::vector<Value>& in) { return std::vector<Value>{f(in[0])}; };
    for (const int order : {1, 2}) {
      const GradientReport report = check_gradient(body, {x}, {.order = order});
      EXPECT_TRUE(report.passed) << report.text;
    }
  };
  check([](const Value& x) { return ops::tan(x); }, uniform({5}, -1, 1));
  check([](const Value& x) { return ops::clip(x, -0.5, 0.5) * x; }, distinct({20}));
  check([](const Value& x) { return ops::power(x, 2.5); }, positive({5}));
  check([](const Value& x) { return ops::power(x, 3); }, normal({5}));
  check([](const Value& x) { return ops::power(2, x); }, normal({5}));
  check([](const Value& x) { return ops::reciprocal(x); }, positive({5}));
}

TEST(Kinks, HaveTheGradientsOfJax) {
  EXPECT_TRUE(is_near(gradient_at(ops::relu, {-1, 0, 1}), {0, 0, 1}));
  EXPECT_TRUE(is_near(gradient_at(ops::abs, {-2, 0, 2}), {-1, 0, 1}));
  EXPECT_TRUE(is_near(gradient_at(ops::sqrt, {0, 4}), {kInf, 0.25}));
  EXPECT_TRUE(is_near(gradient_at([](const Value& x) { return ops::maximum(x, 0); }, {-1, 0, 1}),
                      {0, 0.5, 1}));
  EXPECT_TRUE(is_near(gradient_at([](const Value& x) { return ops::minimum(1, x); }, {0, 1, 2}),
                      {1, 0.5, 0}));
  EXPECT_TRUE(is_near(gradient_at(
                          [](const Value& x) {
                            return ops::power(x, Tensor{0, 2, 1});
                          },
                          {0, 0, 0}),
                      {0, 0, 1}));
}

TEST(Kinks, NothingLeaksThroughASelect) {
  const auto safe_log = [](const Value& x) {
    return ops::where(x > 0, ops::log(ops::where(x > 0, x, 1)), 0);
  };
  EXPECT_TRUE(is_near(gradient_at(safe_log, {-1, 0, 2}), {0, 0, 0.5}));
}

TEST(StopGradient, LetsNothingThrough) {
  EXPECT_TRUE(is_near(
      gradient_at([](const Value& x) { return x * ops::stop_gradient(x); }, {2, -3}), {2, -3}));
  const Variable v(Tensor{1, 2});
  EXPECT_FALSE(gradients(ops::sum(ops::stop_gradient(v)), std::vector<Variable>{v}).front());
  EXPECT_FALSE(gradients(ops::sum(ops::round(v)), std::vector<Variable>{v}).front());
}

}  // namespace
}  // namespace antler::testing
