#include "antler/compiler/algebra.h"

#include <gtest/gtest.h>

#include <limits>

namespace antler {
namespace {

const Expression w = Expression::symbol("w"), x = Expression::symbol("x"),
                 b = Expression::symbol("b"), y = Expression::symbol("y");

Expression power(const Expression& base, const Expression& exponent) {
  return Expression::power(base, exponent);
}

TEST(Algebra, WritesArithmeticWithAsFewBracketsAsCanBe) {
  EXPECT_EQ((w * x + b - y).text(), "w*x + b - y");
  EXPECT_EQ(((w * x + b - y) * (w * x + b - y) / 2).text(), "(w*x + b - y)^2/2");
  EXPECT_EQ((w - (x - b)).text(), "w - x + b");
  EXPECT_EQ((-(w - x)).text(), "-w + x");
  EXPECT_EQ((2 * (w + x) / 2 + b).text(), "w + x + b");
  EXPECT_EQ((w - 2 * (x - b)).text(), "w - 2*(x - b)");
  EXPECT_EQ((-(w * x)).text(), "-w*x");
  EXPECT_EQ((-power(w, 2)).text(), "-w^2");
  EXPECT_EQ(power(-w, 2).text(), "(-w)^2");
  EXPECT_EQ((w / (x * b)).text(), "w/(x*b)");
  EXPECT_EQ((w / x / b).text(), "w/(x*b)");
  EXPECT_EQ((1 / (w + x)).text(), "1/(w + x)");
  EXPECT_EQ(Expression(0).text(), "0");
}

TEST(Algebra, TakesLikeTermsAndFactorsTogether) {
  EXPECT_EQ((w + w).text(), "2*w");
  EXPECT_EQ((w * x - x * w).text(), "0");
  EXPECT_EQ((2 * w * x + x * w).text(), "3*w*x");
  EXPECT_EQ((w * w * w).text(), "w^3");
  EXPECT_EQ((w / w).text(), "1");
  EXPECT_EQ((-(1 / w) / w).text(), "-1/w^2");
  EXPECT_EQ(((w + x) / (x + w)).text(), "1");
  EXPECT_EQ(power(power(w, 2), 3).text(), "w^6");
  EXPECT_EQ(power(power(w, 2), 0.5).text(), "(w^2)^0.5");  // |w|
  EXPECT_EQ(power(w, 0).text(), "1");
}

TEST(Algebra, KeepsFractionsOfWholeNumbersExact) {
  EXPECT_EQ((w / 3 + w / 6).text(), "w/2");
  EXPECT_EQ((2 * w / 3).text(), "2*w/3");
  EXPECT_EQ((w / 3 * 3).text(), "w");
  EXPECT_EQ((0.1 * w).text(), "0.1*w");
  EXPECT_EQ((0.1 * w / 2).text(), "0.05*w");
  EXPECT_EQ((w * 1e-7).text(), "1e-07*w");
  EXPECT_EQ((-3 * w).text(), "-3*w");
  EXPECT_EQ((w / -2).text(), "-w/2");
}

TEST(Algebra, DoesNotHideADivisionByZero) {
  EXPECT_EQ((w / 0).text(), "w/0");
  EXPECT_EQ((w * (1 / Expression(0))).text(), "w/0");
}

TEST(Algebra, WritesPowersOfMoreThanNumbers) {
  EXPECT_EQ(power(w, x).text(), "w^x");
  EXPECT_EQ((2 * power(w, x)).text(), "2*w^x");
  EXPECT_EQ(power(power(w, x), 2).text(), "(w^x)^2");
  EXPECT_EQ(power(w + x, b - 1).text(), "(w + x)^(b - 1)");
  EXPECT_EQ(power(-2, x).text(), "(-2)^x");
  EXPECT_EQ(power(w, -1.5).text(), "1/w^1.5");
}

TEST(Algebra, WritesOtherSignsAndCalls) {
  EXPECT_EQ((Expression::infix(x, "@", w) + b).text(), "x @ w + b");
  EXPECT_EQ((2 * Expression::infix(x, "@", w)).text(), "2*(x @ w)");
  EXPECT_EQ((Expression::infix(x, ">", 0) + b).text(), "(x > 0) + b");
  EXPECT_EQ(Expression::infix(x + b, ">", 0).text(), "(x + b) > 0");
  EXPECT_EQ((Expression::call("exp", {(-x).text()}) * w).text(), "exp(-x)*w");
}

TEST(Algebra, NumbersAreTheShortestThatReadBack) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(-4), "-4");
  EXPECT_EQ(number_text(1.0 / 3), "0.3333333333333333");
  EXPECT_EQ(number_text(1e300), "1e+300");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity()), "inf");
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN()), "nan");
}

}  // namespace
}  // namespace antler
