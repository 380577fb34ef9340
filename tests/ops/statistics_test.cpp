// Functions composed of reductions: numbers, unknown sizes, edges, two orders of derivatives.
#include "antler/ops/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/graph/node.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/arg_extrema.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cumsum.h"
#include "antler/ops/max_min.h"
#include "antler/ops/prod.h"
#include "antler/ops/size_of.h"
#include "antler/ops/sum.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

constexpr double kInf = INFINITY;
const Tensor kMatrix = {{1, 2, 4}, {-3, 0, 5}};

void expect_derivatives(const std::function<Value(const Value&)>& f, const Tensor& x) {
  const Body body = [f](const std::vector<Value>& in) { return std::vector<Value>{f(in[0])}; };
  for (const int order : {1, 2}) {
    const GradientReport report = check_gradient(body, {x}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
    EXPECT_GT(report.compared, 0);
  }
}

Tensor gradient_at(const std::function<Value(const Value&)>& f, const Tensor& x) {
  const Variable v(x);
  return gradients(ops::sum(f(v)), std::vector<Variable>{v}).front();
}

TEST(Statistics, Mean) {
  EXPECT_TRUE(is_near(ops::mean(kMatrix), 1.5));
  EXPECT_TRUE(is_near(ops::mean(kMatrix, {.axis = 0}), {-1, 1, 4.5}));
  EXPECT_TRUE(is_near(ops::mean(kMatrix, {.axis = -1, .keepdims = true}),
                      values({7.0 / 3, 2.0 / 3}, {2, 1})));
  EXPECT_TRUE(is_near(ops::mean(kMatrix.astype(DType::uint8).slice(0, 1)), 7.0 / 3));
  EXPECT_TRUE(std::isnan(Tensor(ops::mean(Tensor::zeros({0}))).item<double>()));
  expect_derivatives(
      [](const Value& x) {
        return ops::mean(x * x, {.axis = {0, 2}});
      },
      normal({2, 3, 4}));
}

TEST(Statistics, MeanOverASizeThatIsNotKnownYet) {
  const Value open = make_input({Shape{None, 2}, DType::float32});
  const Value mean = ops::mean(open, {.axis = 0});
  EXPECT_EQ(mean.shape(), Shape{2});
  EXPECT_EQ(ops::mean(open).shape(), Shape());
  EXPECT_EQ(ops::var(open, {.axis = 0}).shape(), Shape{2});
  EXPECT_EQ(ops::logsumexp(open, {.axis = 0}).shape(), Shape{2});
  EXPECT_EQ(ops::logsumexp(open, {.axis = 1}).shape(), Shape{None});
  for (const std::int64_t rows : {1, 4}) {
    const Value x = make_input({Shape{rows, 2}, DType::float32});
    const Tensor ones = Tensor::ones({rows, 2});
    const Graph replayed = {{open}, {mean}};
    const Tensor result = inline_graph(replayed, std::vector<Value>{Value(ones)}).front();
    EXPECT_TRUE(is_near(result, {1, 1})) << rows << " rows";
  }
}

TEST(Statistics, SizeOfIsAConstantWhenKnown) {
  const Value x = make_input({Shape{None, 3}, DType::float32});
  EXPECT_EQ(ops::size_of(x, {1}).node().kind(), NodeKind::constant);
  EXPECT_TRUE(ops::size_of(x, {0, 1}).node().is_op());
}

TEST(Statistics, VarianceIsBiased) {
  EXPECT_TRUE(is_near(ops::var(Tensor{1, 2, 3, 4}), 1.25));
  EXPECT_TRUE(
      is_near(ops::var(kMatrix, {.axis = 0, .keepdims = true}), values({4, 1, 0.25}, {1, 3})));
  EXPECT_TRUE(is_near(ops::std(kMatrix, {.axis = 0}), {2, 1, 0.5}));
  expect_derivatives([](const Value& x) { return ops::var(x, {.axis = 1}); }, normal({2, 5}));
  expect_derivatives([](const Value& x) { return ops::std(x, {.axis = 0}); }, normal({4, 2}));
}

TEST(Statistics, AllAndAny) {
  const Tensor flags = Tensor{{1, 0}, {2, 3}};
  EXPECT_TRUE(identical(ops::all(flags, {.axis = 1}), values({0, 1}, DType::boolean)));
  EXPECT_TRUE(identical(ops::any(flags, {.axis = 1}), values({1, 1}, DType::boolean)));
  EXPECT_TRUE(identical(ops::all(Tensor::zeros({0})), Tensor(true)));
  EXPECT_TRUE(identical(ops::any(Tensor::zeros({0})), Tensor(false)));
}

TEST(Statistics, LogSumExp) {
  EXPECT_TRUE(is_near(ops::logsumexp(Tensor{0, std::log(3.0)}), std::log(4.0)));
  EXPECT_TRUE(is_near(ops::logsumexp(Tensor{{1000, 1000}, {-1000, -1000}}, {.axis = 1}),
                      {1000.6931471805599, -999.3068528194401}));
  EXPECT_TRUE(is_near(ops::logsumexp(Tensor{-kInf, 2}), 2.0));
  EXPECT_TRUE(is_near(ops::logsumexp(Tensor{-kInf, -kInf}), -kInf));
  EXPECT_TRUE(is_near(ops::logsumexp(Tensor{kInf, 1}), kInf));
  expect_derivatives(
      [](const Value& x) { return ops::logsumexp(x, {.axis = 1, .keepdims = true}); },
      normal({2, 5}));
}

TEST(Statistics, LogSumExpHasFiniteGradientsAtTheEdges) {
  const auto f = [](const Value& x) { return ops::logsumexp(x); };
  EXPECT_TRUE(is_near(gradient_at(f, {1000, -1000, 1000}), {0.5, 0, 0.5}));
  EXPECT_TRUE(is_near(gradient_at(f, {-kInf, 0, 0}), {0, 0.5, 0.5}));
  EXPECT_TRUE(is_near(gradient_at(f, {-kInf, -kInf}), {0, 0}));
}

TEST(Statistics, Norm) {
  EXPECT_TRUE(is_near(ops::norm(kMatrix), std::sqrt(55.0)));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.axis = 0}), {std::sqrt(10.0), 2, std::sqrt(41.0)}));
  EXPECT_TRUE(
      is_near(ops::norm(kMatrix, {.ord = 1, .axis = 1, .keepdims = true}), values({7, 8}, {2, 1})));
  EXPECT_TRUE(
      is_near(ops::norm(kMatrix, {.ord = 2, .axis = 0}), {std::sqrt(10.0), 2, std::sqrt(41.0)}));
  EXPECT_TRUE(
      is_near(ops::norm(kMatrix, {.ord = 3, .axis = 1}), {std::cbrt(73.0), std::cbrt(152.0)}));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = 0, .axis = 1}), {3, 2}));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = kInf, .axis = 1}), {4, 5}));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = -kInf, .axis = 1}), {1, 0}));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = 1, .axis = {0, 1}}), 9.0));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = -1, .axis = {0, 1}}), 2.0));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = kInf, .axis = {0, 1}}), 8.0));
  EXPECT_TRUE(is_near(ops::norm(kMatrix, {.ord = -kInf, .axis = {0, 1}, .keepdims = true}),
                      values({7}, {1, 1})));
  expect_derivatives([](const Value& x) { return ops::norm(x, {.axis = 1}); }, positive({2, 3}));
  expect_derivatives([](const Value& x) { return ops::norm(x, {.ord = 3, .axis = 1}); },
                     positive({2, 3}));
}

TEST(Statistics, NormRefusesWhatItLacks) {
  EXPECT_THROW(ops::norm(kMatrix, {.ord = 2, .axis = {0, 1}}), ValueError);
  EXPECT_THROW(ops::norm(Tensor::ones({2, 2, 2}), {.ord = 1}), ValueError);
}

TEST(Reductions, SmallIntegersAddUpInInt32) {
  const Tensor bytes = values({200, 100}, DType::uint8);
  EXPECT_TRUE(identical(ops::sum(bytes), Tensor(300)));
  EXPECT_TRUE(identical(ops::prod(bytes), Tensor(20000)));
  EXPECT_TRUE(identical(ops::cumsum(bytes), values({200, 300}, DType::int32)));
  EXPECT_TRUE(identical(ops::sum(values({1, 1}, DType::boolean)), Tensor(2)));
}

TEST(Reductions, PositionsWithoutAnAxisCountOverAll) {
  EXPECT_TRUE(identical(ops::argmax(kMatrix), Tensor(5)));
  EXPECT_TRUE(
      identical(ops::argmin(kMatrix, {.keepdims = true}), values({3}, {1, 1}, DType::int32)));
  EXPECT_TRUE(identical(ops::argmax(kMatrix, {.axis = 0}), values({0, 0, 1}, DType::int32)));
  EXPECT_TRUE(is_near(ops::cumsum(kMatrix), {1, 3, 7, 4, 4, 9}));
  EXPECT_TRUE(is_near(ops::cumsum(kMatrix, 1), {{1, 3, 7}, {-3, -3, 2}}));
}

TEST(Reductions, TiesShareTheGradient) {
  const auto max = [](const Value& x) { return ops::max(x, {.axis = 1}); };
  const auto min = [](const Value& x) { return ops::min(x, {.axis = 1}); };
  const Tensor x = {{1, 3, 3}, {2, 2, 2}};
  EXPECT_TRUE(is_near(gradient_at(max, x), {{0, 0.5, 0.5}, {1.0 / 3, 1.0 / 3, 1.0 / 3}}));
  EXPECT_TRUE(is_near(gradient_at(min, x), {{1, 0, 0}, {1.0 / 3, 1.0 / 3, 1.0 / 3}}));
}

TEST(Reductions, ErrorsNameTheOp) {
  try {
    ops::max(kMatrix, {.axis = {0, -2}});
    FAIL() << "no error";
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(), "max: expected distinct axes, got one twice");
  }
  EXPECT_THROW(ops::mean(kMatrix, {.axis = 2}), ShapeError);
  EXPECT_THROW(ops::cumsum(kMatrix, 2), ShapeError);
}

}  // namespace
}  // namespace antler::testing
