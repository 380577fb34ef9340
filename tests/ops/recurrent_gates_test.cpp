#include "antler/ops/recurrent_gates.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/autodiff/gradients.h"
#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/compiler/function.h"
#include "antler/core/error.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/sum.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using Values = std::vector<Value>;

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

Values lstm(const Values& v) {
  const ops::LstmState state = ops::lstm_gates(v[0], v[1], v[2]);
  return {state.h, state.c};
}
Values gru(const Values& v) { return {ops::gru_gates(v[0], v[1], v[2])}; }

TEST(LstmGates, AreTheFormula) {
  const Values y = lstm({Tensor{{0.5, 1, -2, 3}}, Tensor{{0.25, -0.5, 1, 0}}, Tensor{{0.75}}});
  const double c = sigmoid(0.5) * 0.75 + sigmoid(0.75) * std::tanh(-1.0);
  EXPECT_TRUE(is_near(y[1], Tensor{{c}}));
  EXPECT_TRUE(is_near(y[0], Tensor{{sigmoid(3) * std::tanh(c)}}));
}

TEST(GruGates, AreTheFormula) {
  const Values y = gru({Tensor{{0.5, 1, -2}}, Tensor{{0.25, -0.5, 1}}, Tensor{{0.75}}});
  const double z = sigmoid(0.75);
  const double n = std::tanh(-2 + sigmoid(0.5) * 1);
  EXPECT_TRUE(is_near(y[0], Tensor{{z * 0.75 + (1 - z) * n}}));
}

TEST(LstmGates, HaveTheirDerivatives) {
  for (const int order : {1, 2}) {
    const GradientReport report = check_gradient(
        lstm, {normal({2, 12}), normal({2, 12}, 2), normal({2, 3}, 3)}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
  }
}

TEST(GruGates, HaveTheirDerivatives) {
  for (const int order : {1, 2}) {
    const GradientReport report = check_gradient(
        gru, {normal({2, 9}), normal({2, 9}, 2), normal({2, 3}, 3)}, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
  }
}

// Outputs and gradients on each instruction set, for widths that no vector divides.
void expect_cpu_is_reference(const Function::Body& gates, int parts) {
  const auto with_gradients = [&](const Values& v) {
    Values results = gates(v);
    Value loss = 0.0F;
    for (std::size_t i = 0; i < results.size(); ++i) {
      loss = loss + ops::sum(results[i] * results[i] * static_cast<float>(i + 1));
    }
    for (const Value& g : gradients(loss, std::span(v))) results.push_back(g);
    return results;
  };
  const Function reference(with_gradients, {.backend = "reference"});
  const Function cpu(with_gradients, {.backend = "cpu"});
  for (const std::int64_t units : {1, 3, 8, 17, 130}) {
    std::vector<Tensor> inputs;
    for (std::uint64_t i = 0; i < 3; ++i) {
      const std::int64_t width = i == 2 ? units : parts * units;
      inputs.push_back((normal({5, width}, i + 1)).astype(DType::float32));
    }
    const std::vector<Tensor> expected = reference.call(inputs);
    for (const std::int64_t target : cpu::available_targets()) {
      SCOPED_TRACE(cpu::target_name(target) + ", units " + std::to_string(units));
      cpu::force_target(target);
      const std::vector<Tensor> got = cpu.call(inputs);
      ASSERT_EQ(got.size(), expected.size());
      for (std::size_t i = 0; i < got.size(); ++i) {
        EXPECT_TRUE(is_near(got[i], expected[i], 3e-6)) << i;
      }
    }
  }
  cpu::force_target(0);
}

TEST(LstmGates, AreTheSameOnTheCpu) { expect_cpu_is_reference(lstm, 4); }
TEST(GruGates, AreTheSameOnTheCpu) { expect_cpu_is_reference(gru, 3); }

TEST(RecurrentGates, CheckShapes) {
  try {
    ops::lstm_gates(Tensor::zeros({2, 8}), Tensor::zeros({2, 6}), Tensor::zeros({2, 2}));
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(),
                 "lstm_gates: expected (batch, 4 units) twice and (batch, units), got (2, 8), "
                 "(2, 6) and (2, 2)");
  }
  EXPECT_THROW(ops::gru_gates(Tensor::zeros({2, 6}), Tensor::zeros({2, 6}), Tensor::zeros({3, 2})),
               ShapeError);
}

}  // namespace
}  // namespace antler::testing
