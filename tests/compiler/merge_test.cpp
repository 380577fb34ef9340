// What is computed once: equal nodes, and loops over the same body.
#include <gtest/gtest.h>

#include <cmath>

#include "antler/compiler/evaluate.h"
#include "antler/compiler/passes/passes.h"
#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/concatenate.h"
#include "antler/ops/exponential.h"
#include "antler/ops/scan.h"
#include "antler/ops/softmax.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

std::vector<Value> merged(const Value& input, const std::vector<Value>& outputs) {
  const Computation before{{input}, outputs, {}};
  const Computation after = passes::merge_equal(before);
  passes::check_valid(before, after, "merge_equal");
  return after.outputs;
}

TEST(MergeEqual, ComparesAttributes) {
  const Value x = make_input({{2, 2}, DType::float32});
  const auto y = merged(x, {ops::softmax(x, 0), ops::softmax(x, 1), ops::softmax(x, 0)});
  EXPECT_TRUE(y[0].is_same(y[2]));
  EXPECT_FALSE(y[0].is_same(y[1]));
}

TEST(MergeEqual, ComparesInputsAndTheirOrder) {
  const Value x = make_input({{2}, DType::float32});
  const Value e = ops::exp(x);
  const auto y = merged(
      x, {x - e, e - x, x - ops::exp(x), ops::concatenate({x, e}), ops::concatenate({x, e, x})});
  EXPECT_TRUE(y[0].is_same(y[2]));
  EXPECT_FALSE(y[0].is_same(y[1]));
  EXPECT_FALSE(y[3].is_same(y[4]));
}

// By their bits: a zero's sign counts, and so does the shape.
TEST(MergeEqual, ComparesConstants) {
  const Value x = make_input({{1, 2}, DType::float32});
  const auto times = [&](const Tensor& c) { return x * Value(c.astype(DType::float32)); };
  const auto y = merged(x, {times({1, 2}), times({1, 2}), times({1, 3}), times({{1, 2}})});
  EXPECT_TRUE(y[0].is_same(y[1]));
  EXPECT_FALSE(y[0].is_same(y[2]));
  EXPECT_FALSE(y[0].is_same(y[3]));
  const auto zeros = merged(x, {times({0.0, 0.0}), times({0.0, -0.0})});
  EXPECT_FALSE(zeros[0].is_same(zeros[1]));
}

std::size_t scans_in(const std::vector<Value>& values) {
  std::size_t count = 0;
  for (const auto& node : topological_order(values)) {
    count += node->op_as<ops::Scan>() != nullptr ? 1 : 0;
  }
  return count;
}

// A loop that carries a sum and stacks it, and what else can be made over its very body.
class MergeScans : public ::testing::Test {
 protected:
  MergeScans() {
    ops::ScanStep step = ops::scan(
        [](std::span<const Value> carried, std::span<const Value> slices) {
          const Value next = carried[0] * 0.5 + slices[0];
          return ops::ScanStep{{next}, {ops::exp(next)}};
        },
        {start}, {sequence});
    plain = {step.carried[0], step.stacked[0]};
    loop = plain[0].node().op_as<ops::Scan>();
    inputs = plain[0].node().inputs();
  }

  // The same loop with other outputs of its body.
  std::vector<Value> with(const std::vector<Value>& outputs, bool reverse = false) const {
    ops::Scan other = *loop;
    other.body = std::make_shared<Graph>(Graph{loop->body->inputs, outputs});
    other.build = nullptr;
    other.reverse = reverse;
    return apply_all(other, inputs);
  }
  std::size_t scans_left(const std::vector<Value>& outputs) const {
    const Computation before{{}, outputs, {}};
    const Computation after = passes::merge_scans(before);
    passes::check_valid(before, after, "merge_scans");
    const auto expected = evaluate(outputs, {.backend = "reference"});
    const auto got = evaluate(after.outputs, {.backend = "reference"});
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      EXPECT_TRUE(testing::is_near(got[i], expected[i], 1e-6)) << i;
    }
    return scans_in(after.outputs);
  }

  Value start = Variable(testing::normal({3}).astype(DType::float32)).value();
  Value sequence = Variable(testing::normal({4, 3}, 2).astype(DType::float32)).value();
  std::vector<Value> plain, inputs;
  const ops::Scan* loop = nullptr;
};

TEST_F(MergeScans, StacksWhatSeveralAskFor) {
  const std::vector<Value>& outputs = loop->body->outputs;
  const Value extra = ops::exp(outputs[0] * 2);
  const auto other = with({outputs[0], outputs[1], extra});
  EXPECT_EQ(scans_left({plain[1], other[2], other[0], other[1]}), 1U);
}

TEST_F(MergeScans, KeepsLoopsThatCarryOtherwise) {
  const std::vector<Value>& outputs = loop->body->outputs;
  const auto other = with({outputs[0] + 1, outputs[1]});
  EXPECT_EQ(scans_left({plain[1], other[1]}), 2U);
}

TEST_F(MergeScans, KeepsLoopsTheOtherWayRound) {
  const auto other = with(loop->body->outputs, true);
  EXPECT_EQ(scans_left({plain[1], other[1]}), 2U);
}

TEST_F(MergeScans, KeepsLoopsOverOtherSequences) {
  inputs[1] = Variable(testing::normal({4, 3}, 3).astype(DType::float32)).value();
  const auto other = with(loop->body->outputs);
  EXPECT_EQ(scans_left({plain[1], other[1]}), 2U);
}

TEST_F(MergeScans, KeepsLoopsOfAnotherBody) {
  const ops::ScanStep twin = ops::scan(
      [](std::span<const Value> carried, std::span<const Value> slices) {
        const Value next = carried[0] * 0.25 + slices[0];
        return ops::ScanStep{{next}, {ops::exp(next)}};
      },
      {start}, {sequence});
  EXPECT_EQ(scans_left({plain[1], twin.stacked[0]}), 2U);
}

}  // namespace
}  // namespace antler
