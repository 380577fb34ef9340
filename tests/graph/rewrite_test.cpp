#include "antler/graph/rewrite.h"

#include <gtest/gtest.h>

#include "antler/ops/arithmetic.h"
#include "antler/ops/sort.h"

namespace antler {
namespace {

TEST(InlineGraph, ReplacesInputs) {
  const Value x = make_input({{2}, DType::float32});
  const Graph graph{{x}, {x * x}};
  const Value argument(Tensor{3, 4});
  const Tensor y = inline_graph(graph, std::span(&argument, 1)).front();
  EXPECT_TRUE(identical(y, Tensor{9, 16}));
}

TEST(InlineGraph, KeepsTheOutputsOfANodeApart) {
  const Value x = make_input({{3}, DType::float32});
  const ops::TopKResult top = ops::top_k(x, 2);
  const Graph graph{{x}, {top.indices, top.values}};
  const Value argument(Tensor{5, 7, 6});
  const std::vector<Value> outputs = inline_graph(graph, std::span(&argument, 1));
  EXPECT_TRUE(identical(outputs[0], Tensor::from<std::int32_t>({1, 2})));
  EXPECT_TRUE(identical(outputs[1], Tensor{7, 6}));
}

TEST(InlineGraph, ReplacesTheInputOfOpsOfOne) {
  const Value x = make_input({{2}, DType::float32});
  const Graph graph{{x}, {ops::negative(x)}};
  const Value argument(Tensor{3, 4});
  EXPECT_TRUE(identical(inline_graph(graph, std::span(&argument, 1))[0], Tensor{-3, -4}));
}

TEST(Rewrite, VisitsOnlyWhatIsStillNeeded) {
  const Value x = make_input({{2}, DType::float32});
  const Value inner = x * x;
  const Value y = inner + x;
  const Value other = make_input({{2}, DType::float32});
  ValueMap replacements;
  replacements.emplace(key_of(inner), other);
  int visited = 0;
  const auto count = [&](const std::shared_ptr<const Node>& node,
                         const std::vector<Value>& inputs) {
    ++visited;
    return reapply(node, inputs);
  };
  const Value result = rewrite(std::span(&y, 1), replacements, count).front();
  EXPECT_EQ(visited, 1);
  EXPECT_TRUE(result.node().inputs()[0].is_same(other));
  EXPECT_TRUE(result.node().inputs()[1].is_same(x));
  EXPECT_TRUE(replacements.at(key_of(y)).is_same(result));
}

TEST(Reapply, KeepsANodeWhoseInputsDidNotChange) {
  const Value x = make_input({{2}, DType::float32});
  const Value y = x + x;
  EXPECT_TRUE(reapply(y.shared_node(), {x, x})[0].is_same(y));
  EXPECT_FALSE(reapply(y.shared_node(), {x, x * x})[0].is_same(y));
}

}  // namespace
}  // namespace antler
