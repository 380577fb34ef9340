#include "antler/ops/cross_entropy.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "antler/graph/rewrite.h"
#include "antler/ops/cast.h"
#include "antler/ops/composite.h"
#include "antler/ops/one_hot.h"
#include "antler/ops/slice.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using ops::sigmoid_cross_entropy;
using ops::softmax_cross_entropy;
using ops::sparse_softmax_cross_entropy;

// -log(exp(x_l) / sum exp(x)) by hand.
double loss_of(const std::vector<double>& x, std::size_t label) {
  double total = 0;
  for (const double v : x) total += std::exp(v);
  return std::log(total) - x[label];
}

TEST(SparseSoftmaxCrossEntropy, IsMinusTheLogOfTheProbability) {
  const Tensor logits{{1, 2, 0.5}, {-1, 0, 3}};
  const Tensor labels = values({1, 0}, DType::int64);
  const Tensor expected{loss_of({1, 2, 0.5}, 1), loss_of({-1, 0, 3}, 0)};
  EXPECT_TRUE(is_near(sparse_softmax_cross_entropy(logits, labels), expected));
  EXPECT_TRUE(is_near(sparse_softmax_cross_entropy(logits, labels.reshape({2, 1})), expected));
  EXPECT_TRUE(
      is_near(sparse_softmax_cross_entropy(logits, labels.astype(DType::float32)), expected));
  EXPECT_TRUE(is_near(softmax_cross_entropy(logits, ops::one_hot(labels, 3)), expected));
}

TEST(SparseSoftmaxCrossEntropy, DoesNotOverflow) {
  const Tensor logits{{1000, -1000, 0}};
  EXPECT_TRUE(
      is_near(sparse_softmax_cross_entropy(logits, values({1}, DType::int32)), Tensor{2000}));
  EXPECT_TRUE(is_near(softmax_cross_entropy(logits, Tensor{{0, 1, 0}}), Tensor{2000}));
}

TEST(SparseSoftmaxCrossEntropy, ReportsALabelOutOfRange) {
  for (const double label : {-1.0, 3.0}) {
    const Value loss =
        sparse_softmax_cross_entropy(Tensor::zeros({2, 3}), values({0, label}, DType::int32));
    try {
      evaluate(loss);
      FAIL();
    } catch (const ValueError& e) {
      EXPECT_EQ(e.what(), "sparse_softmax_cross_entropy: expected a class in [0, 3), got " +
                              std::to_string(static_cast<int>(label)) + " at row 1");
    }
  }
}

TEST(SparseSoftmaxCrossEntropy, ChecksShapes) {
  try {
    sparse_softmax_cross_entropy(Tensor::zeros({2, 3}), integers({2, 3}, 0, 2));
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(),
                 "sparse_softmax_cross_entropy: expected labels of shape (2,) for logits (2, 3), "
                 "got (2, 3); one-hot labels go with softmax_cross_entropy");
  }
  EXPECT_THROW(softmax_cross_entropy(Tensor::zeros({2, 3}), Tensor::zeros({2})), ShapeError);
  EXPECT_THROW(sigmoid_cross_entropy(Tensor::zeros({2, 3}), Tensor::zeros({2, 1})), ShapeError);
}

// The labels come from the first column, so that logits and labels have the same unknown batch.
TEST(SparseSoftmaxCrossEntropy, WorksBeforeSizesAreKnown) {
  const auto f = [](const Value& v) {
    const Value labels = ops::cast(ops::slice_axis(v, 1, 0, 1), DType::int32);
    return sparse_softmax_cross_entropy(v, labels);
  };
  const Tensor logits{{1, 2, 0.5}, {0, 0, 3}};
  EXPECT_TRUE(
      is_near(replayed(f, logits, 1), Tensor{loss_of({1, 2, 0.5}, 1), loss_of({0, 0, 3}, 0)}));
}

TEST(SigmoidCrossEntropy, IsTheStableForm) {
  const Tensor logits{-2, 0, 3};
  const Tensor targets{1, 0.5, 0};
  const Tensor expected{std::log1p(std::exp(2.0)), std::log(2.0), std::log1p(std::exp(3.0))};
  EXPECT_TRUE(is_near(sigmoid_cross_entropy(logits, targets), expected));
  EXPECT_TRUE(
      is_near(sigmoid_cross_entropy(Tensor{1000, -1000}, Tensor{0, 1}), Tensor{1000, 1000}));
}

void expect_derivatives(const Body& body, const std::vector<Tensor>& inputs) {
  for (const int order : {1, 2}) {
    const auto report = check_gradient(body, inputs, {.order = order});
    EXPECT_TRUE(report.passed) << report.text;
    EXPECT_GT(report.compared, 0);
  }
}

TEST(CrossEntropy, HasDerivativesOfBothOrders) {
  const Tensor labels = values({1, 0, 2, 2}, {2, 2}, DType::int32);
  expect_derivatives(
      [&](const std::vector<Value>& v) -> std::vector<Value> {
        return {sparse_softmax_cross_entropy(v[0], labels)};
      },
      {normal({2, 2, 3})});
  expect_derivatives(
      [](const std::vector<Value>& v) -> std::vector<Value> {
        return {softmax_cross_entropy(v[0], v[1])};
      },
      {normal({2, 3}), positive({2, 3}, 2)});
  expect_derivatives(
      [](const std::vector<Value>& v) -> std::vector<Value> {
        return {sigmoid_cross_entropy(v[0], v[1])};
      },
      {distinct({2, 3}), positive({2, 3}, 2)});
}

// The rules must say what reverse mode over the bodies says.
TEST(CrossEntropy, RulesAgreeWithBodies) {
  const Tensor logits = distinct({2, 3});
  const Tensor targets = positive({2, 3}, 2);
  for (const auto f : {softmax_cross_entropy, sigmoid_cross_entropy}) {
    const Body through_body = [f](const std::vector<Value>& v) -> std::vector<Value> {
      const Value y = f(v[0], v[1]);
      return inline_graph(*y.node().op_as<ops::Composite>()->body, y.node().inputs());
    };
    expect_derivatives(through_body, {logits, targets});
  }
  const Tensor labels = values({1, 0}, DType::int32);
  const Body sparse_body = [&](const std::vector<Value>& v) -> std::vector<Value> {
    const Value y = sparse_softmax_cross_entropy(v[0], labels);
    return inline_graph(*y.node().op_as<ops::Composite>()->body, y.node().inputs());
  };
  expect_derivatives(sparse_body, {logits});
}

}  // namespace
}  // namespace antler::testing
