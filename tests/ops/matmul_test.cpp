#include "antler/ops/matmul.h"

#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/core/error.h"
#include "antler/ops/sum.h"
#include "antler/ops/transpose.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using ops::matmul;
using ops::Matmul;

int count_of(const std::vector<Value>& outputs, OpId id) {
  int count = 0;
  for (const auto& node : topological_order(outputs)) {
    count += node->is_op() && node->op().id() == id ? 1 : 0;
  }
  return count;
}

TEST(Matmul, TreatsVectorsAsNumpyDoes) {
  const Tensor v{1, 2};
  const Tensor w{3, 4};
  const Tensor m{{1, 2}, {3, 4}};
  EXPECT_TRUE(is_near(matmul(v, w), Tensor(11.0)));
  EXPECT_TRUE(is_near(matmul(v, m), Tensor{7, 10}));
  EXPECT_TRUE(is_near(matmul(m, v), Tensor{5, 11}));
  const Tensor batch{{{1, 2}, {3, 4}}, {{0, 1}, {1, 0}}};
  EXPECT_TRUE(is_near(matmul(v, batch), Tensor{{7, 10}, {2, 1}}));
  EXPECT_TRUE(is_near(matmul(batch, v), Tensor{{5, 11}, {2, 1}}));
}

TEST(Matmul, PromotesOperands) {
  EXPECT_EQ(matmul(integers({2, 2}, 0, 5), Tensor::ones({2, 2})).dtype(), DType::float32);
  const Tensor t = Tensor::ones({2, 2}, DType::boolean);
  EXPECT_TRUE(is_near(matmul(t, t), Tensor::full({2, 2}, 2, DType::int32)));
}

TEST(Matmul, OfABatchWithAMatrixIsOneProduct) {
  const Tensor x = normal({2, 3, 4});
  const Tensor w = normal({4, 5}, 2);
  const Value y = matmul(x, w);
  ASSERT_EQ(y.shape(), Shape({2, 3, 5}));
  for (const auto& node : topological_order({&y, 1})) {
    if (node->op_as<Matmul>() != nullptr) {
      EXPECT_EQ(node->outputs()[0].shape, Shape({6, 5}));
    }
  }
  for (std::int64_t i = 0; i < 2; ++i) {
    EXPECT_TRUE(is_near(Tensor(y)[i], matmul(x[i], w), 1e-12));
  }
  EXPECT_TRUE(is_near(replayed([&](const Value& v) { return matmul(v, w); }, x, 2), y, 1e-12));
}

TEST(Matmul, GradientHoldsNoTransposition) {
  const Value x = make_input({{2, 3, 4}, DType::float32});
  const Value w = make_input({{4, 5}, DType::float32});
  const std::vector<Value> wrt = {x, w};
  const std::vector<Value> grads = gradients(ops::sum(matmul(x, w)), wrt);
  EXPECT_EQ(count_of(grads, op_id<ops::Transpose>()), 0);
  EXPECT_EQ(count_of(grads, op_id<Matmul>()), 2);
}

TEST(Matmul, HasDerivativesForEveryRank) {
  const Body body = [](const std::vector<Value>& v) -> std::vector<Value> {
    return {matmul(v[0], v[1])};
  };
  for (const auto& shapes : std::vector<std::pair<Shape, Shape>>{
           {{3}, {3}}, {{3}, {3, 2}}, {{2, 3}, {3}}, {{2, 2, 3}, {3, 2}}, {{3}, {2, 3, 2}}}) {
    for (const int order : {1, 2}) {
      const auto report =
          check_gradient(body, {normal(shapes.first), normal(shapes.second, 2)}, {.order = order});
      EXPECT_TRUE(report.passed) << report.text;
    }
  }
}

TEST(Matmul, RejectsScalars) {
  try {
    matmul(Tensor(2.0), Tensor{1, 2});
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(),
                 "matmul: expected operands of rank 1 or more, got () and (2,); multiply by a "
                 "scalar with *");
  }
}

}  // namespace
}  // namespace antler::testing
