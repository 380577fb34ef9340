#include "antler/ops/scan.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/kernel_call.h"
#include "antler/compiler/program.h"
#include "antler/core/error.h"
#include "antler/graph/variable.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/matmul.h"
#include "antler/ops/reshape.h"
#include "antler/ops/slice.h"
#include "antler/ops/sum.h"
#include "antler/ops/trigonometric.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using ops::Scan;
using ops::ScanOptions;
using ops::ScanStep;
using Values = std::vector<Value>;
using Slices = std::span<const Value>;

// h' = tanh(x W + h U + b), stacked; W, U and b come from outside.
ScanStep recurrent(const Value& h0, const Value& x, const Values& weights,
                   const ScanOptions& options = {}) {
  return ops::scan(
      [&](Slices carried, Slices slices) -> ScanStep {
        const Value h = ops::tanh(ops::matmul(slices[0], weights[0]) + weights[2] +
                                  ops::matmul(carried[0], weights[1]));
        return {{h}, {h}};
      },
      {h0}, {x}, options);
}

// The same without a loop.
Values unrolled(const Value& h0, const Value& x, const Values& weights, bool reverse) {
  Value h = h0;
  Values steps(static_cast<std::size_t>(x.shape().front()));
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto t = static_cast<std::int64_t>(reverse ? steps.size() - 1 - i : i);
    const Value slice = ops::reshape(ops::slice_axis(x, 0, t, t + 1), x.shape().erased(0));
    h = ops::tanh(ops::matmul(slice, weights[0]) + weights[2] + ops::matmul(h, weights[1]));
    steps[static_cast<std::size_t>(t)] = h;
  }
  return steps;
}

const std::vector<Tensor> kArguments = {normal({2, 3}), normal({4, 2, 5}, 2), normal({5, 3}, 3),
                                        normal({3, 3}, 4), normal({3}, 5)};

Values leaves_of(const std::vector<Tensor>& tensors) {
  Values leaves;
  for (const Tensor& t : tensors) leaves.push_back(make_input({t.shape(), DType::float32}));
  return leaves;
}

std::int64_t count_calls(const Program& program, std::string_view label) {
  return std::count_if(program.calls().begin(), program.calls().end(),
                       [&](const KernelCall& call) { return call.label == label; });
}

std::int64_t count_products(const Graph& body) {
  const auto order = topological_order(body.outputs);
  return std::count_if(order.begin(), order.end(), [](const auto& node) {
    return node->template op_as<ops::Matmul>() != nullptr;
  });
}

const Scan& scan_of(const Value& value) { return *value.node().op_as<Scan>(); }

TEST(ScanFunction, EqualsTheLoopUnrolled) {
  for (const bool reverse : {false, true}) {
    const Value x(kArguments[1]);
    const Values w = {kArguments[2], kArguments[3], kArguments[4]};
    const ScanStep got = recurrent(kArguments[0], x, w, {.reverse = reverse});
    const Values expected = unrolled(kArguments[0], x, w, reverse);
    const Tensor stacked = got.stacked[0];
    for (std::int64_t t = 0; t < 4; ++t) {
      EXPECT_TRUE(is_near(stacked[t], expected[static_cast<std::size_t>(t)])) << t << reverse;
    }
    EXPECT_TRUE(is_near(got.carried[0], expected[reverse ? 0 : 3])) << reverse;
  }
}

TEST(ScanFunction, HasTheDerivativesOfTheLoopUnrolled) {
  const auto body = [](const Values& v) {
    const ScanStep step = recurrent(v[0], v[1], {v[2], v[3], v[4]});
    return Values{step.carried[0], step.stacked[0]};
  };
  for (const int order : {1, 2}) {
    const GradientReport report = check_gradient(body, kArguments, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
  }
}

// The input's product and bias are computed once for all steps; the recurrent product stays.
TEST(ScanFunction, TakesProductsWithSlicesOutOfTheLoop) {
  const Values v = leaves_of(kArguments);
  const Value h = recurrent(v[0], v[1], {v[2], v[3], v[4]}).carried[0];
  EXPECT_EQ(count_products(*scan_of(h).body), 1);
  ASSERT_EQ(h.node().inputs().size(), 3U);
  EXPECT_EQ(h.node().inputs()[1].shape(), (Shape{4, 2, 3}));  // x W + b
  EXPECT_TRUE(h.node().inputs()[2].is_same(v[3]));
}

TEST(ScanFunction, ComputesWhatDoesNotChangeOnce) {
  const Values v = leaves_of({kArguments[0], kArguments[3]});
  const ScanStep step = ops::scan(
      [&](Slices carried, Slices) -> ScanStep {
        return {{ops::matmul(carried[0], ops::tanh(v[1]))}, {}};
      },
      {v[0]}, {}, {.length = 3});
  const Value captured = step.carried[0].node().inputs()[1];
  EXPECT_NE(captured.node().op_as<ops::Tanh>(), nullptr);
}

TEST(ScanFunction, ReachesVariablesOfTheBody) {
  const Variable w(Tensor::full({3, 3}, 0.1), {"w", true});
  const ScanStep step = ops::scan(
      [&](Slices carried, Slices) -> ScanStep {
        return {{ops::matmul(carried[0], w)}, {}};
      },
      {Tensor::ones({1, 3})}, {}, {.length = 2});
  const std::vector<Value> gradient = gradients(ops::sum(step.carried[0]), std::vector{w});
  EXPECT_TRUE(is_near(evaluate(gradient[0]), Tensor::full({3, 3}, 0.6)));
}

// The forward loop stacks what the reverse one reads: two loops in all, and each weight's gradient
// is one product outside them.
TEST(ScanGradient, IsOneLoopEachWay) {
  const Values v = leaves_of(kArguments);
  const Value loss = ops::sum(recurrent(v[0], v[1], {v[2], v[3], v[4]}).stacked[0]);
  const Values gradient = gradients(loss, std::span(v));
  Values outputs = {loss};
  outputs.insert(outputs.end(), gradient.begin(), gradient.end());
  for (const char* backend : {"reference", "cpu"}) {
    const auto program = Program::compile({v, outputs, {}}, {.backend = backend, .fuse = false});
    EXPECT_EQ(count_calls(*program, "scan"), 2) << program->to_string();
    // x W; then dx, dW, dU.
    EXPECT_EQ(count_calls(*program, "matmul"), 4) << program->to_string();
  }
}

TEST(ScanGradient, SumsInvariantsOutsideOfTheLoop) {
  const Values v = leaves_of(kArguments);
  const Value loss = ops::sum(recurrent(v[0], v[1], {v[2], v[3], v[4]}).stacked[0]);
  const Value du = gradients(loss, std::span(v))[3];
  ASSERT_NE(du.node().op_as<ops::Matmul>(), nullptr);
  for (const auto& node : topological_order(std::span(&du, 1))) {
    const auto* scan = node->op_as<Scan>();
    if (scan == nullptr || !scan->reverse) continue;
    EXPECT_EQ(scan->carried, 1);  // dh alone: no running sum
    EXPECT_EQ(count_products(*scan->body), 1);
  }
}

TEST(Scan, IsEqualWhenItsBodyComputesTheSame) {
  const Values v = leaves_of(kArguments);
  const Values w = {v[2], v[3], v[4]};
  const Value a = recurrent(v[0], v[1], w).stacked[0];
  const Value b = recurrent(v[0], v[1], w).stacked[0];
  const Value c = recurrent(v[0], v[1], w, {.reverse = true}).stacked[0];
  EXPECT_TRUE(scan_of(a) == scan_of(b));
  EXPECT_FALSE(scan_of(a) == scan_of(c));
  const auto program = Program::compile({v, {a + b + c}, {}}, {});
  EXPECT_EQ(count_calls(*program, "scan"), 2) << program->to_string();
  const auto sum = [&](double factor) {
    return ops::scan(
               [factor](Slices carried, Slices slices) -> ScanStep {
                 return {{carried[0] + slices[0] * factor}, {}};
               },
               {Tensor(0.0F)}, {Tensor{1, 2}})
        .carried[0];
  };
  EXPECT_TRUE(scan_of(sum(2)) == scan_of(sum(2)));
  EXPECT_FALSE(scan_of(sum(2)) == scan_of(sum(3)));
}

TEST(ScanFunction, IsReplayedWithOtherSizes) {
  const auto f = [](const Value& x) {
    return ops::scan(
               [](Slices carried, Slices slices) -> ScanStep {
                 const Value total = carried[0] + slices[0];
                 return {{total}, {total}};
               },
               {ops::sum(x, {.axis = 0}) * 0}, {x})
        .stacked[0];
  };
  const Tensor x{{1, 2}, {3, 4}, {5, 6}};
  EXPECT_TRUE(is_near(replayed(f, x, 1), Tensor{{1, 2}, {4, 6}, {9, 12}}));
  EXPECT_TRUE(is_near(replayed(f, x, 2), Tensor{{1, 2}, {4, 6}, {9, 12}}));
}

TEST(ScanFunction, ChecksTheBody) {
  try {
    ops::scan(
        [](Slices, Slices slices) -> ScanStep {
          return {{}, {slices[0]}};
        },
        {Tensor(0.0F)}, {Tensor{1, 2}});
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_STREQ(e.what(), "scan: expected a body that gives 1 carried values, got 0");
  }
}

}  // namespace
}  // namespace antler::testing
