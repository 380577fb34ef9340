// Chains of elementwise ops: what is joined, and that the numbers stay.
#include <gtest/gtest.h>

#include "antler/compiler/evaluate.h"
#include "antler/compiler/kernel_call.h"
#include "antler/compiler/program.h"
#include "antler/graph/graph.h"
#include "antler/ops/all_ops.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

// A variable, so that nothing is computed before the program runs.
Value variable(const Shape& shape, std::uint64_t seed = 1) {
  return Variable(testing::normal(shape, seed).astype(DType::float32)).value();
}

std::size_t calls(const std::vector<Value>& outputs) {
  return Program::compile({{}, outputs, {}}, {})->calls().size();
}

void expect_same_numbers(const std::vector<Value>& values, const std::string& what) {
  const auto fused = evaluate(values, ProgramOptions{.backend = "cpu"});
  const auto plain = evaluate(values, ProgramOptions{.backend = "reference"});
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_TRUE(testing::is_near(fused[i], plain[i], 1e-5)) << what << ", value " << i;
  }
}

TEST(FuseElementwise, JoinsAChainIntoOneCall) {
  const Value x = variable({4, 5});
  const Value y = ops::exp(ops::relu(x) * 0.5 + x) - 1;
  EXPECT_EQ(calls({y}), 1U);
  expect_same_numbers({y}, "chain");
}

// What two read is computed once, also when one of the two is the caller.
TEST(FuseElementwise, EndsAtWhatOthersRead) {
  const Value x = variable({4, 5});
  const Value shared = ops::exp(x) + 1;
  EXPECT_EQ(calls({shared * 2, shared * 3}), 3U);
  EXPECT_EQ(calls({shared, shared * 3}), 2U);
  EXPECT_EQ(calls({shared * shared}), 2U);
  expect_same_numbers({shared, shared * 2, shared * 3, shared * shared}, "shared");
}

// A row that is computed first and then stretched is a call of its own: inside the chain it would
// be computed for each row again.
TEST(FuseElementwise, EndsAtAnotherShape) {
  const Value x = variable({6, 5});
  const Value row = ops::exp(variable({5}, 2));
  EXPECT_EQ(calls({x * row + 1}), 2U);
  expect_same_numbers({x * row + 1}, "row");
}

TEST(FuseElementwise, LeavesEmptyTensorsAlone) {
  const Value x = variable({0, 5});
  const Value y = ops::exp(x * 2) + variable({5});
  EXPECT_EQ(evaluate({y}, ProgramOptions{})[0].shape(), (Shape{0, 5}));
  const Value nothing = ops::exp(variable({3, 1}) * variable({0}));
  EXPECT_EQ(evaluate({nothing + 1}, ProgramOptions{})[0].shape(), (Shape{3, 0}));
}

// Each way that an operand can be stretched, alone and beside one that cuts the rows elsewhere.
TEST(FuseElementwise, StretchesOperands) {
  const Shape whole{2, 3, 4, 5};
  const Shape operands[] = {{},           {1},          {5},          {4, 5},       {3, 4, 5},
                            {1, 1, 4, 5}, {2, 1, 1, 1}, {2, 3, 1, 1}, {2, 3, 4, 1}, {2, 1, 4, 1},
                            {3, 1, 5},    {4, 1},       {1, 3, 1, 1}, {2, 3, 4, 5}};
  for (const Shape& a : operands) {
    for (const Shape& b : operands) {
      const Value x = variable(whole);
      const Value y = (x - variable(a, 2)) * variable(b, 3) + x;
      expect_same_numbers({y}, a.to_string() + " and " + b.to_string());
    }
  }
  // Rows and columns of several axes need no copy.
  const Value x = variable(whole);
  EXPECT_EQ(calls({x + variable({4, 5})}), 1U);
  EXPECT_EQ(calls({x + variable({2, 1, 1, 1})}), 1U);
  EXPECT_EQ(calls({x + variable({3, 1, 1})}), 2U);
}

TEST(FuseElementwise, KeepsMasksInside) {
  const Value x = variable({4, 5});
  const Value y = ops::where(ops::greater(x, 0), ops::exp(x), x * 0.1);
  EXPECT_EQ(calls({y}), 1U);
  expect_same_numbers({y}, "mask");
}

// A mask from outside is read as zeros and ones.
TEST(FuseElementwise, ReadsMasksFromOutside) {
  const Value mask = Variable(testing::booleans({4, 5})).value();
  const Value row = Variable(testing::booleans({5}, 2)).value();
  const Value x = variable({4, 5});
  const Value y = ops::where(mask, ops::exp(x), x * 0.1) +
                  ops::cast(ops::logical_and(mask, row), DType::float32);
  EXPECT_EQ(calls({y}), 3U);  // two casts and the chain
  expect_same_numbers({y}, "mask");
}

// More ops and more operands than one chain has room for.
TEST(FuseElementwise, SplitsWhatIsTooLong) {
  Value y = variable({3, 4});
  for (std::uint64_t i = 0; i < 40; ++i) y = ops::tanh(y) + variable({3, 4}, i + 2);
  EXPECT_LT(calls({y}), 12U);
  expect_same_numbers({y}, "long");
}

}  // namespace
}  // namespace antler
