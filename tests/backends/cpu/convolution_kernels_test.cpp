// Convolutions with what is fused into them, against the reference backend.
#include <gtest/gtest.h>

#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/compiler/evaluate.h"
#include "antler/compiler/program.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/convolution.h"
#include "antler/ops/relu.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/trigonometric.h"
#include "tests/support/inputs.h"

namespace antler {
namespace {

using testing::normal;

Tensor narrow(const Shape& shape, std::uint64_t seed) {
  return normal(shape, seed).astype(DType::float32);
}

// Three images of 13 x 9, 17 channels to 2 groups of 20 filters: more than one panel of columns.
Value biased(const Value& x) {
  const Value y = ops::conv(x, Value(narrow({3, 2, 17, 40}, 2)), {.padding = "same"});
  return y + Value(narrow({40}, 3));
}

TEST(FusedConvolution, EqualsTheReferenceOnEveryInstructionSet) {
  const Value x(narrow({3, 13, 9, 34}, 1));
  const std::vector<Value> values = {biased(x), ops::relu(biased(x)), ops::sigmoid(biased(x)),
                                     ops::tanh(biased(x))};
  const auto expected = evaluate(values, ProgramOptions{.backend = "reference"});
  for (const std::int64_t target : cpu::available_targets()) {
    SCOPED_TRACE(cpu::target_name(target));
    cpu::force_target(target);
    const auto got = evaluate(values, ProgramOptions{});
    for (std::size_t i = 0; i < values.size(); ++i) {
      for (std::int64_t k = 0; k < expected[i].size(); ++k) {
        ASSERT_NEAR(got[i].item(k), expected[i].item(k), 1e-4) << "value " << i;
      }
    }
  }
  cpu::force_target(0);
}

TEST(FusedConvolution, IsOneCall) {
  const Value x = make_input({{3, 13, 9, 34}, DType::float32});
  const auto program = Program::compile({{x}, {ops::relu(biased(x))}, {}}, {});
  EXPECT_EQ(program->calls().size(), 1U) << program->to_string();
}

TEST(FusedConvolution, KeepsWhatOthersRead) {
  const Value x = make_input({{3, 13, 9, 34}, DType::float32});
  const Value y = biased(x);
  const auto program = Program::compile({{x}, {y, ops::relu(y)}, {}}, {});
  EXPECT_EQ(program->calls().size(), 2U) << program->to_string();
}

TEST(FusedConvolution, LeavesDepthwiseConvolutionsAlone) {
  const Value x(narrow({2, 5, 5, 6}, 1));
  const Value kernel(narrow({3, 3, 6, 1}, 2));
  const std::vector<Value> y = {ops::relu(ops::depthwise_conv(x, kernel) + Value(narrow({6}, 3)))};
  const auto expected = evaluate(y, ProgramOptions{.backend = "reference"});
  const auto got = evaluate(y, ProgramOptions{});
  for (std::int64_t k = 0; k < expected[0].size(); ++k) {
    EXPECT_NEAR(got[0].item(k), expected[0].item(k), 1e-5);
  }
}

}  // namespace
}  // namespace antler
