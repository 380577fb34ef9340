#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "antler/compiler/passes/passes.h"
#include "antler/graph/node.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/exponential.h"
#include "antler/ops/reshape.h"
#include "antler/ops/reverse.h"
#include "antler/ops/statistics.h"

namespace antler {
namespace {

Value simplified(const Value& input, const Value& output) {
  const Computation before{{input}, {output}, {}};
  const Computation after = passes::simplify(before, reference_backend());
  passes::check_valid(before, after, "simplify");
  return after.outputs[0];
}

TEST(Simplify, DropsWhatChangesNothing) {
  const Value x = make_input({{2, 3}, DType::float32});
  EXPECT_TRUE(simplified(x, x * 1).is_same(x));
  EXPECT_TRUE(simplified(x, 1 * x / 1).is_same(x));
  EXPECT_TRUE(simplified(x, x - 0).is_same(x));
  EXPECT_TRUE(simplified(x, -(-x)).is_same(x));
  EXPECT_TRUE(simplified(x, ops::reshape(ops::reshape(x, {6}), {2, 3})).is_same(x));
  EXPECT_TRUE(simplified(x, ops::flip(ops::flip(x, 1), 1)).is_same(x));
  EXPECT_FALSE(simplified(x, ops::flip(ops::flip(x, 0), 1)).is_same(x));
}

TEST(Simplify, KeepsSignedZerosAndNaN) {
  const Value x = make_input({{2}, DType::float32});
  EXPECT_FALSE(simplified(x, x + 0.0).is_same(x));  // -0.0 + 0.0 is 0.0
  EXPECT_TRUE(simplified(x, x + -0.0).is_same(x));
  EXPECT_TRUE(simplified(x, x * 0).node().is_op());
  EXPECT_TRUE(simplified(x, x - x).node().is_op());
}

TEST(Simplify, KeepsAStretchThatCounts) {
  const Value x = make_input({{3}, DType::float32});
  EXPECT_EQ(simplified(x, x * Tensor::ones({2, 3})).shape(), (Shape{2, 3}));
  EXPECT_EQ(simplified(x, x * Tensor::ones({1, 1})).shape(), (Shape{1, 3}));
}

TEST(Simplify, FoldsConstants) {
  const Value x = make_input({{2}, DType::float32});
  const Value folded = simplified(x, ops::exp(Value(Tensor{0, 1})) + 0 * Value(Tensor(1.0)));
  ASSERT_EQ(folded.node().kind(), NodeKind::constant);
  EXPECT_FLOAT_EQ(folded.node().constant_value().item<float>(1), std::exp(1.0F));
}

// Eager mode is folding: what a user computes on tensors must run the fast kernels.
TEST(Simplify, FoldsWithTheKernelsOfTheBackend) {
  struct Asked : Backend {
    std::string_view name() const override { return "asked"; }
    KernelPtr kernel(const Op& op, const KernelSpecs& specs) const override {
      names.emplace_back(op.name());
      return reference_backend().kernel(op, specs);
    }
    bool runs_fused_ops() const override { return false; }
    mutable std::vector<std::string> names;
  };
  const Asked backend;
  const Value constant(Tensor{0, 1});
  const Computation after = passes::simplify({{}, {ops::exp(constant)}, {}}, backend);
  EXPECT_EQ(after.outputs[0].node().kind(), NodeKind::constant);
  EXPECT_EQ(backend.names, std::vector<std::string>{"exp"});
}

TEST(Simplify, FoldsSizes) {
  const Value x = make_input({{4, 5}, DType::float32});
  const Computation after = passes::simplify({{x}, {ops::mean(x)}, {}}, cpu_backend());
  for (const auto& node : topological_order(after.outputs)) {
    if (node->is_op()) {
      EXPECT_NE(node->op().name(), "size_of");
    }
  }
}

}  // namespace
}  // namespace antler
