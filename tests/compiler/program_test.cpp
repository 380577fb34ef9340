#include "antler/compiler/program.h"

#include <gtest/gtest.h>

#include "antler/compiler/evaluate.h"
#include "antler/compiler/function.h"
#include "antler/compiler/kernel_call.h"
#include "antler/core/error.h"
#include "antler/core/float_mode.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cross_entropy.h"
#include "antler/ops/exponential.h"
#include "antler/ops/matmul.h"
#include "antler/ops/relu.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

// Runs a program without outputs.
void run(const Computation& computation, const ProgramOptions& options = {}) {
  const auto program = Program::compile(computation, options);
  program->run({}, {}, *program->make_workspace());
}

class ProgramTest : public ::testing::TestWithParam<const char*> {
 protected:
  ProgramOptions options() const { return {.backend = GetParam()}; }
};

TEST_P(ProgramTest, AssignmentsSeeTheValuesFromBefore) {
  Variable a(Tensor{1, 2});
  Variable b(Tensor{10, 20});
  run({{}, {}, {{a, b.value()}, {b, a.value()}}}, options());
  EXPECT_TRUE(identical(a.read(), Tensor{10, 20}));
  EXPECT_TRUE(identical(b.read(), Tensor{1, 2}));
}

TEST_P(ProgramTest, ANewValueMayFeedAnother) {
  Variable m(Tensor{1, 2, 3});
  Variable w(Tensor{10, 10, 10});
  const Value new_m = m.value() * 0.5 + 1;
  run({{}, {}, {{m, new_m}, {w, w.value() - new_m * m}}}, options());
  EXPECT_TRUE(identical(m.read(), Tensor{1.5, 2, 2.5}));
  EXPECT_TRUE(identical(w.read(), Tensor{8.5, 6, 2.5}));
}

// Neither kernel may write its result over what it still reads.
TEST_P(ProgramTest, AVariableMayGetAMixOfItsOwnElements) {
  Variable v(Tensor{1, 2, 3, 4, 5});
  run({{}, {}, {{v, ops::flip(v.value())}}}, options());
  EXPECT_TRUE(identical(v.read(), Tensor{5, 4, 3, 2, 1}));
  Variable m(Tensor{{1, 2}, {3, 4}});
  run({{}, {}, {{m, ops::matmul(m, m)}}}, options());
  EXPECT_TRUE(identical(m.read(), (Tensor{{7, 10}, {15, 22}})));
}

TEST_P(ProgramTest, OldValuesCanBeOutputs) {
  Variable v(Tensor{1, 2});
  const auto program =
      Program::compile({{}, {v.value(), v.value() + 1}, {{v, v.value() * 10}}}, options());
  Tensor old = Tensor::zeros({2});
  Tensor next = Tensor::zeros({2});
  std::byte* outputs[] = {old.mutable_raw(), next.mutable_raw()};
  const auto workspace = program->make_workspace();
  for (int i = 0; i < 2; ++i) program->run({}, outputs, *workspace);
  EXPECT_TRUE(identical(old, Tensor{10, 20}));
  EXPECT_TRUE(identical(next, Tensor{11, 21}));
  EXPECT_TRUE(identical(v.read(), Tensor{100, 200}));
}

TEST_P(ProgramTest, OutputsMayBeInputsConstantsAndEachOther) {
  const Function f(
      [](const Value& x) {
        const Value y = x + 1;
        return std::vector<Value>{x, y, ops::reshape(y, {4}), y, Value(Tensor{5, 6})};
      },
      options());
  const auto results = f.call({Tensor{{1, 2}, {3, 4}}});
  EXPECT_TRUE(identical(results[0], (Tensor{{1, 2}, {3, 4}})));
  EXPECT_TRUE(identical(results[1], (Tensor{{2, 3}, {4, 5}})));
  EXPECT_TRUE(identical(results[2], Tensor{2, 3, 4, 5}));
  EXPECT_TRUE(identical(results[3], results[1]));
  EXPECT_TRUE(identical(results[4], Tensor{5, 6}));
}

// As XLA does it: jax.jit(lambda x: x * 1e-10)(1e-30) is 0.
TEST_P(ProgramTest, DenormalsAreZero) {
  const FloatMode mode = float_mode();
  Variable v(Tensor{1e-30, 1});
  run({{}, {}, {{v, v.value() * 1e-10}}}, options());
  EXPECT_TRUE(identical(v.read(), Tensor{0, 1e-10}));
  EXPECT_EQ(float_mode(), mode) << "the caller keeps its own";
}

TEST_P(ProgramTest, DataErrorsLeaveVariablesAlone) {
  Variable w(Tensor{{1, 2, 3}});
  const Value labels = make_input({{1}, DType::int64});
  const Value loss = ops::sum(ops::sparse_softmax_cross_entropy(w, labels));
  const auto program = Program::compile({{labels}, {loss}, {{w, w.value() * 0 + loss}}}, options());
  const auto workspace = program->make_workspace();
  Tensor out(0.0);
  std::byte* outputs[] = {out.mutable_raw()};
  const Tensor bad = Tensor::from<std::int64_t>({3});
  const std::byte* inputs[] = {bad.raw()};
  try {
    program->run(inputs, outputs, *workspace);
    FAIL();
  } catch (const ValueError& e) {
    EXPECT_NE(std::string(e.what()).find("[0, 3), got 3 at row 0"), std::string::npos) << e.what();
  }
  EXPECT_TRUE(identical(w.read(), (Tensor{{1, 2, 3}})));
  const Tensor good = Tensor::from<std::int64_t>({2});
  const std::byte* good_inputs[] = {good.raw()};
  program->run(good_inputs, outputs, *workspace);
  EXPECT_NEAR(w.read().item(0), 0.40760596, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Backends, ProgramTest, ::testing::Values("reference", "cpu"));

TEST(Program, DenseLayersAreOneCall) {
  const Value x = make_input({{8, 5}, DType::float32});
  const Variable w(Tensor::ones({5, 3}));
  const Variable b(Tensor::ones({3}));
  const auto program = Program::compile({{x}, {ops::relu(ops::matmul(x, w) + b)}, {}}, {});
  EXPECT_EQ(program->calls().size(), 1U) << program->to_string();
}

TEST(Program, OnlyOneBiasIsFused) {
  const Value x = Variable(Tensor{{1, 2}, {3, 4}}).value();  // a constant would be folded
  const Value w = Variable(Tensor{{1, 0}, {0, 1}}).value();  // a constant would be folded
  const Value sum =
      ops::matmul(x, w) + Variable(Tensor{10, 20}).value() + Variable(Tensor{100, 200}).value();
  EXPECT_TRUE(identical(evaluate(sum), Tensor{{111, 222}, {113, 224}}));
  EXPECT_TRUE(
      identical(evaluate(ops::relu(ops::matmul(x, w) - 3.5) + Variable(Tensor{1, 2}).value()),
                Tensor{{1, 2}, {1, 2.5}}));
}

TEST(Program, OnlyOneActivationIsFused) {
  const Value product =
      ops::matmul(Variable(Tensor{{1, -2}}).value(), Variable(Tensor{{1, 0}, {0, 1}}).value());
  EXPECT_TRUE(identical(evaluate(ops::relu(ops::relu(product) - 3)), Tensor{{0, 0}}));
  EXPECT_TRUE(identical(evaluate(ops::sigmoid(ops::relu(product))),
                        evaluate(ops::sigmoid(Variable(Tensor{{1, 0}}).value()))));
}

TEST(Program, AProductThatOthersReadIsComputedOnce) {
  const Value x = make_input({{8, 5}, DType::float32});
  const Value product = ops::matmul(x, Variable(Tensor::ones({5, 3})));
  const std::string text =
      Program::compile({{x}, {product, ops::relu(product)}, {}}, {})->to_string();
  EXPECT_EQ(text.find("matmul"), text.rfind("matmul")) << text;
}

TEST(Program, ElementwiseChainsAreOneCall) {
  const Value x = make_input({{8, 5}, DType::float32});
  const auto program = Program::compile({{x}, {ops::exp(-x * x) + x / (ops::exp(x) + 1)}, {}}, {});
  EXPECT_EQ(program->calls().size(), 1U) << program->to_string();
}

TEST(Program, EqualNodesAreComputedOnce) {
  const Value x = make_input({{4, 4}, DType::float32});
  const auto once = Program::compile({{x}, {ops::matmul(x, x)}, {}}, {});
  const auto twice = Program::compile({{x}, {ops::matmul(x, x) + ops::matmul(x, x)}, {}}, {});
  EXPECT_EQ(twice->calls().size(), once->calls().size() + 1) << twice->to_string();
}

TEST(Program, InputsThatAreNotListedAreErrors) {
  const Value x = make_input({{2}, DType::float32}, "x");
  EXPECT_THROW(Program::compile({{}, {x + 1}, {}}, {}), StateError);
}

}  // namespace
}  // namespace antler
