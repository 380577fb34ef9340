// Convolutions with what is fused into them, against the reference backend.
#include <gtest/gtest.h>

#include <span>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/evaluate.h"
#include "antler/compiler/function.h"
#include "antler/compiler/kernel_call.h"
#include "antler/compiler/program.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/convolution.h"
#include "antler/ops/relu.h"
#include "antler/ops/sigmoid.h"
#include "antler/ops/sum.h"
#include "antler/ops/trigonometric.h"
#include "tests/support/inputs.h"
#include "tests/support/on_every_target.h"

namespace antler {
namespace {

using testing::normal;

Tensor narrow(const Shape& shape, std::uint64_t seed) {
  return normal(shape, seed).astype(DType::float32);
}

// Not a constant, which the reference kernels would compute while the program is built.
Value variable(const Shape& shape, std::uint64_t seed) {
  return Variable(narrow(shape, seed)).value();
}

// Three images of 13 x 9, 17 channels to 2 groups of 20 filters: more than one panel of columns.
Value biased(const Value& x) {
  const Value y = ops::conv(x, Value(narrow({3, 2, 17, 40}, 2)), {.padding = "same"});
  return y + Value(narrow({40}, 3));
}

TEST(FusedConvolution, EqualsTheReferenceOnEveryInstructionSet) {
  const Value x = variable({3, 13, 9, 34}, 1);
  const std::vector<Value> values = {biased(x), ops::relu(biased(x)), ops::sigmoid(biased(x)),
                                     ops::tanh(biased(x))};
  testing::expect_reference_on_every_target(values, 1e-4);
}

struct Case {
  Shape x, kernel;
  std::vector<std::int64_t> strides, dilation;
  std::string padding;
};

// Each way through the kernels: regions in place and copied, several images a task and lines of
// one, groups, gaps, one and three axes, few channels, few filters, rows of g in place.
const Case kCases[] = {{{5, 13, 13, 32}, {3, 2, 32, 64}, {1, 1}, {1, 1}, "valid"},
                       {{5, 13, 13, 9}, {3, 3, 9, 17}, {1, 1}, {1, 1}, "same"},
                       {{2, 70, 66, 2}, {3, 3, 2, 32}, {1, 1}, {1, 1}, "valid"},
                       {{2, 70, 66, 8}, {5, 4, 8, 20}, {2, 3}, {1, 1}, "same"},
                       {{3, 20, 19, 12}, {3, 2, 4, 24}, {1, 1}, {2, 3}, "valid"},
                       {{3, 20, 19, 12}, {3, 2, 12, 5}, {1, 1}, {1, 2}, "same"},
                       {{32, 100, 1}, {20, 1, 10}, {10}, {1}, "valid"},
                       {{7, 9, 10}, {5, 10, 16}, {2}, {1}, "same"},
                       {{2, 6, 7, 8, 9}, {2, 3, 2, 9, 18}, {1, 2, 1}, {1, 1, 1}, "same"},
                       {{4, 6, 5, 33}, {1, 1, 33, 18}, {1, 1}, {1, 1}, "valid"}};

// Winograd's kernels: odd sizes and even ones, with padding and without, tiles that are all border,
// several tasks and units, ragged channels.
const Case kWinogradCases[] = {{{5, 13, 13, 32}, {3, 3, 32, 64}, {1, 1}, {1, 1}, "valid"},
                               {{3, 14, 9, 17}, {3, 3, 17, 19}, {1, 1}, {1, 1}, "same"},
                               {{9, 20, 31, 16}, {3, 3, 16, 48}, {1, 1}, {1, 1}, "same"},
                               {{2, 4, 5, 40}, {3, 3, 40, 16}, {1, 1}, {1, 1}, "valid"},
                               {{1, 2, 3, 16}, {3, 3, 16, 16}, {1, 1}, {1, 1}, "same"}};

void expect_reference(std::span<const Case> cases) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.x.to_string() + " " + c.kernel.to_string() + " " + c.padding);
    const Value x = variable(c.x, 1), kernel = variable(c.kernel, 2);
    const Value y = ops::conv(
        x, kernel, {.strides = c.strides, .padding = c.padding, .dilation_rate = c.dilation});
    const std::vector<Value> wrt = {x, kernel};
    std::vector<Value> values = gradients(ops::sum(y * variable(y.shape(), 3)), wrt);
    values.push_back(y);
    testing::expect_reference_on_every_target(values, 3e-4);
  }
}

TEST(Convolution, EqualsTheReferenceOnEveryInstructionSet) { expect_reference(kCases); }

TEST(Winograd, EqualsTheReferenceOnEveryInstructionSet) { expect_reference(kWinogradCases); }

TEST(Winograd, AddsBiasAndActivation) {
  const Value x = variable({3, 11, 9, 34}, 1), kernel = variable({3, 3, 34, 20}, 2);
  const Value y = ops::conv(x, kernel, {.padding = "same"}) + variable({20}, 3);
  testing::expect_reference_on_every_target({y, ops::relu(y), ops::sigmoid(y)}, 1e-4);
}

// Of an image in the middle of a batch and alone: tasks and tiles begin elsewhere.
TEST(Winograd, BitsDoNotDependOnTheBatch) {
  const Tensor x = narrow({7, 9, 9, 16}, 1);
  const Value kernel(narrow({3, 3, 16, 32}, 2));
  const Function f(
      [&](const Value& image) { return ops::conv(image, kernel, {.padding = "same"}); });
  EXPECT_TRUE(identical(f(x).slice(4, 5), f(x.slice(4, 5))));
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
  const Value x = variable({2, 5, 5, 6}, 1);
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
