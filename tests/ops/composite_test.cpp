#include "antler/ops/composite.h"

#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using ops::Composite;

std::vector<Value> build_product(std::span<const Value> v) { return {v[0] * v[1], v[0] + v[1]}; }

std::vector<Value> product(const Value& a, const Value& b, Composite::Rule rule = nullptr) {
  return ops::composite("product", {a, b}, Config::map(), build_product, rule);
}

TEST(Composite, HasTheOutputsOfItsBody) {
  const std::vector<Value> y = product(Tensor{1, 2}, Tensor{3, 4});
  ASSERT_EQ(y.size(), 2U);
  EXPECT_TRUE(is_near(y[0], Tensor{3, 8}));
  EXPECT_TRUE(is_near(y[1], Tensor{4, 6}));
}

TEST(Composite, InlinesToItsBody) {
  const Value a = make_input({{2}, DType::float32});
  const Value b = make_input({{2}, DType::float32});
  const Value y = product(a, b)[0];
  const auto* op = y.node().op_as<Composite>();
  ASSERT_NE(op, nullptr);
  ASSERT_NE(op->body, nullptr);
  const std::vector<Value> inlined = inline_graph(*op->body, y.node().inputs());
  ASSERT_EQ(inlined.size(), 2U);
  EXPECT_NE(inlined[0].node().op_as<ops::Multiply>(), nullptr);
  EXPECT_TRUE(inlined[0].node().inputs()[0].is_same(a));
  EXPECT_TRUE(inlined[0].node().inputs()[1].is_same(b));
}

TEST(Composite, IsEqualByKernelAttributesAndSpecs) {
  const auto op = [](const char* kernel, Config attributes, const Shape& shape) {
    const TensorSpec spec{shape, DType::float32};
    const std::vector<TensorSpec> specs = {spec, spec};
    return Composite{.kernel = kernel, .attributes = attributes, .build = build_product}
        .specialized(specs);
  };
  const Composite same = op("product", Config::map(), {2});
  EXPECT_TRUE(same == op("product", Config::map(), {2}));
  EXPECT_FALSE(same == op("product", Config::map(), {3}));
  EXPECT_FALSE(same == op("product", Config::map({{"rate", 1}}), {2}));
  EXPECT_FALSE(same == op("other", Config::map(), {2}));
}

TEST(Composite, IsDifferentiatedThroughItsBody) {
  const Body body = [](const std::vector<Value>& v) { return product(v[0], v[1]); };
  for (const int order : {1, 2}) {
    const auto report = check_gradient(body, {normal({3}), normal({2, 3}, 2)}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
    EXPECT_GT(report.compared, 0);
  }
}

TEST(Composite, PrefersItsRule) {
  const Composite::Rule sevens = [](const Composite&, const GradientContext& context) {
    return std::vector<Value>{context.output_gradient(0) * 7, Value()};
  };
  const Value a = make_input({{}, DType::float32});
  const Value b = make_input({{}, DType::float32});
  const std::vector<Value> wrt = {a, b};
  const std::vector<Value> grads = gradients(product(a, b, sevens)[0], wrt);
  const Value seven(2.0F);
  const std::vector<Value> arguments = {seven, seven};
  EXPECT_TRUE(is_near(inline_graph({wrt, {grads[0]}}, arguments)[0], Tensor(7.0)));
  EXPECT_FALSE(grads[1]);
}

TEST(Composite, IsBuiltWhenSizesAreKnown) {
  const auto f = [](const Value& v) {
    return ops::when_shapes_known("half", {v}, Config::map(), [](std::span<const Value> values) {
      return values[0] / static_cast<double>(values[0].shape().dim(0));
    });
  };
  EXPECT_EQ(f(make_input({{None, 3}, DType::float32})).shape(), Shape({None, 3}));
  EXPECT_TRUE(is_near(replayed(f, Tensor{{2, 4}, {6, 8}}, 1), Tensor{{1, 2}, {3, 4}}));
  EXPECT_EQ(f(Tensor{{2, 4}}).node().op_as<Composite>(), nullptr);
}

TEST(Composite, HasNoGradientBeforeSizesAreKnown) {
  const Value a = make_input({{None}, DType::float32});
  const Value loss = ops::sum(product(a, a)[0]);
  EXPECT_THROW(gradients(loss, std::span(&a, 1)), StateError);
}

}  // namespace
}  // namespace antler::testing
