#include "antler/compiler/formula.h"

#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/graph/variable.h"
#include "antler/ops/all_ops.h"
#include "antler/ops/composite.h"

namespace antler {
namespace {

Value number(const std::string& name) { return make_input({{}, DType::float32}, name); }

std::string derivative(const Value& loss, const Value& by) {
  return formula_of(gradients(loss, std::span(&by, 1))[0]);
}

TEST(Formula, WritesArithmeticAsOnPaper) {
  const Value w = number("w"), x = number("x"), b = number("b"), y = number("y");
  const Value d = w * x + b - y;
  EXPECT_EQ(formula_of(d * d / 2), "(w*x + b - y)^2/2");
  EXPECT_EQ(formula_of(0.1 * w - -x), "0.1*w + x");
  EXPECT_EQ(formula_of(ops::power(w, 3) / x), "w^3/x");
}

TEST(Formula, ReadsGradientsAsPeopleWriteThem) {
  const Value w = number("w"), x = number("x");
  EXPECT_EQ(derivative(w * w, w), "2*w");
  EXPECT_EQ(derivative(ops::power(w, 2), w), "2*w");
  EXPECT_EQ(derivative(ops::power(w, 3), w), "3*w^2");
  EXPECT_EQ(derivative(1 / w, w), "-1/w^2");
  EXPECT_EQ(derivative(ops::power(w, -2), w), "-2/w^3");
  EXPECT_EQ(derivative(ops::power(w * x - 3, 2) / 2, w), "(w*x - 3)*x");
  EXPECT_EQ(derivative(ops::exp(2 * w), w), "2*exp(2*w)");
  EXPECT_EQ(derivative(ops::log(w), w), "1/w");
  EXPECT_EQ(derivative(ops::tanh(w), w), "1 - tanh(w)^2");
  EXPECT_EQ(derivative(ops::sigmoid(w), w), "sigmoid(w)*(1 - sigmoid(w))");
  EXPECT_EQ(derivative(ops::sqrt(w), w), "0.5/sqrt(w)");
  EXPECT_EQ(derivative(ops::relu(w), w), "where(relu(w) > 0, 1, 0)");
  EXPECT_EQ(derivative(ops::power(w, x), w), "x*w^(x - 1)");
  EXPECT_EQ(derivative(ops::power(w, x), x), "w^x*log(w)");
}

TEST(Formula, StopsAtNames) {
  const Value w = number("w"), x = number("x");
  const Value c = w * x, d = c - 1;
  const ValueNames names = {{key_of(c), "c"}, {key_of(d), "d"}};
  EXPECT_EQ(formula_of(d * d, names), "d^2");
  EXPECT_EQ(step_formula(d, names), "c - 1");
  EXPECT_EQ(step_formula(c, names), "w*x");
  EXPECT_EQ(step_formula(w * w, names), "w*w");
  EXPECT_EQ(step_formula(Value(2.0F) * 3.0F, names), "2*3");
  EXPECT_EQ(step_formula(w - Value(-3.0F), names), "w - (-3)");
  EXPECT_EQ(formula_of(d, names), "d");
}

TEST(Formula, CallsOpsWithTheirFields) {
  const Value x = make_input({{2, 3}, DType::float32}, "x");
  const Value w = Variable(Tensor::ones({3, 4}), {.name = "w"}).value();
  EXPECT_EQ(formula_of(ops::matmul(x, w)), "x @ w");
  EXPECT_EQ(formula_of(ops::sum(x, {.axis = {0}, .keepdims = true})),
            "sum(x, axes=[0], keepdims=true)");
  EXPECT_EQ(formula_of(ops::softmax(x * 2)), "softmax(2*x, axis=-1)");
  EXPECT_EQ(formula_of(ops::relu(ops::matmul(x, w) + 1)), "relu(x @ w + 1)");
  EXPECT_EQ(formula_of(ops::cast(x, DType::int32)), "cast(x, dtype=int32)");
  EXPECT_EQ(formula_of(ops::cast(x, DType::float64)), "x");
  EXPECT_EQ(formula_of(x + Tensor{{1, 2, 3}, {4, 5, 6}}), "x + constant((2, 3))");
  EXPECT_EQ(formula_of(x + Tensor::full({2, 3}, 0.1)), "x + 0.1");
  const Value twice = ops::composite(
      "twice", {x}, Config::map({{"rate", 0.5}}),
      [](std::span<const Value> in) { return std::vector<Value>{in[0] + in[0]}; })[0];
  EXPECT_EQ(formula_of(twice), "twice(x, rate=0.5)");
}

TEST(Formula, NumbersTheOutputsOfAnOpWithSeveral) {
  const Value x = make_input({{2, 3}, DType::float32}, "x");
  EXPECT_EQ(formula_of(ops::top_k(x, 2).indices), "top_k(x, k=2)[1]");
}

TEST(Formula, KeepsAMaskThatChoosesByClass) {
  const Value label = make_input({{4}, DType::int32}, "label");
  const Value x = make_input({{4}, DType::float32}, "x");
  EXPECT_EQ(formula_of(ops::where(ops::equal(label, 0), 1, x)), "where(label == 0, 1, x)");
}

TEST(Formula, SharesLongPartsUnderNames) {
  const Value a = number("alpha"), b = number("beta"), c = number("gamma");
  const Value part = ops::exp(a * b + c * b + a * c);
  const std::vector<Value> values = {part * a, part * b};
  const std::vector<Formula> all = formulas_of(values, {"u", "v"}, {});
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].name, "t1");
  EXPECT_EQ(all[0].text, "exp(alpha*beta + gamma*beta + alpha*gamma)");
  EXPECT_EQ(all[1].name, "u");
  EXPECT_EQ(all[1].text, "t1*alpha");
  EXPECT_EQ(all[2].text, "t1*beta");
}

TEST(Formula, OfALongChainIsReadWithoutRecursion) {
  Value x = number("x");
  const ValueNames names = {{key_of(x), "x"}};
  Value y = x;
  for (int i = 0; i < 2000; ++i) y = y + x;
  EXPECT_EQ(formula_of(y, names), "2001*x");
}

}  // namespace
}  // namespace antler
