// The checker of gradients must reject rules that are wrong in the ways rules go wrong.
#include <gtest/gtest.h>

#include <algorithm>

#include "antler/graph/gradient_context.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/exponential.h"
#include "antler/ops/sum.h"
#include "antler/ops/trigonometric.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"

namespace antler::testing {
namespace {

using ops::Composite;

/// sin(x) * y with a gradient rule of its own.
Composite sine_times(Composite::Rule rule) {
  return {.kernel = "sine_times",
          .build =
              [](std::span<const Value> in) { return std::vector<Value>{ops::sin(in[0]) * in[1]}; },
          .rule = rule};
}

std::vector<Value> right(const Composite&, const GradientContext& c) {
  const Value& g = c.output_gradient(0);
  return {g * ops::cos(c.input(0)) * c.input(1), g * ops::sin(c.input(0))};
}
std::vector<Value> one_percent_off(const Composite& op, const GradientContext& c) {
  return {right(op, c)[0] * 1.01, right(op, c)[1]};
}
std::vector<Value> wrong_sign(const Composite& op, const GradientContext& c) {
  return {right(op, c)[0], -right(op, c)[1]};
}
std::vector<Value> missing_factor(const Composite&, const GradientContext& c) {
  const Value& g = c.output_gradient(0);
  return {g * ops::cos(c.input(0)), g * ops::sin(c.input(0))};
}
std::vector<Value> dropped_cotangent(const Composite&, const GradientContext& c) {
  return {ops::cos(c.input(0)) * c.input(1), ops::sin(c.input(0))};
}
std::vector<Value> nothing(const Composite& op, const GradientContext& c) {
  return {right(op, c)[0], Value()};
}
// Right in value; its own derivative lacks what flows through y.
std::vector<Value> wrong_in_second_order(const Composite&, const GradientContext& c) {
  const Value& g = c.output_gradient(0);
  const Value y =
      ops::composite(
          "cut", {c.input(1)}, Config::map(),
          [](std::span<const Value> in) { return std::vector<Value>{in[0] * 1}; },
          [](const Composite&, const GradientContext&) { return std::vector<Value>{Value()}; })
          .front();
  return {g * ops::cos(c.input(0)) * y, g * ops::sin(c.input(0))};
}

GradientReport report(Composite::Rule rule, int order) {
  return check_gradient(sine_times(rule), {normal({2, 3}), normal({3}, 2)}, {.order = order});
}

TEST(GradientCheck, AcceptsTheRightRule) {
  EXPECT_TRUE(report(right, 1).passed) << report(right, 1).text;
  EXPECT_TRUE(report(right, 2).passed) << report(right, 2).text;
  EXPECT_EQ(report(right, 1).compared, 9);
}

TEST(GradientCheck, AcceptsReverseModeOverABody) {
  EXPECT_TRUE(report(nullptr, 1).passed) << report(nullptr, 1).text;
  EXPECT_TRUE(report(nullptr, 2).passed) << report(nullptr, 2).text;
}

TEST(GradientCheck, RejectsOnePercent) { EXPECT_FALSE(report(one_percent_off, 1).passed); }
TEST(GradientCheck, RejectsAWrongSign) { EXPECT_FALSE(report(wrong_sign, 1).passed); }
TEST(GradientCheck, RejectsAMissingFactor) { EXPECT_FALSE(report(missing_factor, 1).passed); }
TEST(GradientCheck, RejectsADroppedCotangent) { EXPECT_FALSE(report(dropped_cotangent, 1).passed); }
TEST(GradientCheck, RejectsAMissingGradient) { EXPECT_FALSE(report(nothing, 1).passed); }

TEST(GradientCheck, RejectsWhatIsWrongInSecondOrderOnly) {
  EXPECT_TRUE(report(wrong_in_second_order, 1).passed);
  EXPECT_FALSE(report(wrong_in_second_order, 2).passed);
}

TEST(GradientCheck, RejectsADroppedTerm) {
  // Softmax whose gradient forgets that the sum depends on x too.
  const Composite softmax = {.kernel = "exp_over_sum",
                             .build =
                                 [](std::span<const Value> in) {
                                   const Value e = ops::exp(in[0]);
                                   return std::vector<Value>{e / ops::sum(e)};
                                 },
                             .rule =
                                 [](const Composite&, const GradientContext& c) {
                                   return std::vector<Value>{c.output_gradient(0) * c.output(0)};
                                 }};
  EXPECT_FALSE(check_gradient(softmax, {normal({4})}).passed);
}

TEST(GradientCheck, RejectsNaN) {
  const GradientReport at_zero = check_gradient(ops::Log{}, {values({0.0})});
  EXPECT_FALSE(at_zero.passed);
}

TEST(GradientCheck, ComparesNothingWithoutFloats) {
  EXPECT_EQ(check_gradient(ops::Negative{}, {integers({3}, 0, 5)}).compared, 0);
}

}  // namespace
}  // namespace antler::testing
