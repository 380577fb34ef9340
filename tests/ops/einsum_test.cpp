#include "antler/ops/einsum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "antler/core/error.h"
#include "antler/graph/graph.h"
#include "antler/ops/einsum_equation.h"
#include "antler/ops/tensordot.h"
#include "antler/ops/transpose.h"
#include "tests/ops/replayed.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::testing {
namespace {

using ops::einsum;

// Row-major position of the labels' values in a tensor of these labels; axes of size 1 stretch.
std::int64_t position(const Tensor& x, const std::vector<int>& labels,
                      const std::map<int, std::int64_t>& at) {
  std::int64_t p = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::int64_t n = x.shape().dim(static_cast<int>(i));
    p = p * n + (n == 1 ? 0 : at.at(labels[i]));
  }
  return p;
}

// The definition: a loop over all labels.
Tensor summed(const std::string& equation, const std::vector<Tensor>& operands) {
  std::vector<int> ranks;
  for (const Tensor& x : operands) ranks.push_back(x.rank());
  const auto parsed = ops::detail::parse_einsum(equation, ranks);
  std::map<int, std::int64_t> sizes;
  for (std::size_t k = 0; k < operands.size(); ++k) {
    for (std::size_t i = 0; i < parsed.operands[k].size(); ++i) {
      std::int64_t& size = sizes[parsed.operands[k][i]];
      size = std::max(size, operands[k].shape().dim(static_cast<int>(i)));
    }
  }
  std::vector<std::int64_t> dims;
  for (const int label : parsed.output) dims.push_back(sizes[label]);
  Tensor y = Tensor::zeros(Shape(dims), DType::float64);
  std::int64_t total = 1;
  for (const auto& [label, size] : sizes) total *= size;
  for (std::int64_t n = 0; n < total; ++n) {
    std::map<int, std::int64_t> at;
    std::int64_t rest = n;
    for (const auto& [label, size] : sizes) {
      at[label] = rest % size;
      rest /= size;
    }
    double product = 1;
    for (std::size_t k = 0; k < operands.size(); ++k) {
      product *= operands[k].item(position(operands[k], parsed.operands[k], at));
    }
    y.mutable_data<double>()[static_cast<std::size_t>(position(y, parsed.output, at))] += product;
  }
  return y;
}

struct Case {
  std::string equation;
  std::vector<Shape> shapes;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"ij->ji", {{2, 3}}},
      {"ijk->", {{2, 3, 4}}},
      {"ijk->ki", {{2, 3, 4}}},
      {"...i->...", {{2, 3, 4}}},
      {"i...j->j...i", {{2, 3, 4}}},
      {"i,i->", {{3}, {3}}},
      {"i,j->ij", {{3}, {2}}},
      {"i,j->ji", {{3}, {2}}},
      {"ij,ij->ij", {{2, 3}, {2, 3}}},
      {"ij,jk->ik", {{2, 3}, {3, 4}}},
      {"ij,jk", {{2, 3}, {3, 4}}},
      {"ba,cb", {{3, 2}, {4, 3}}},
      {"ij,kj->ik", {{2, 3}, {4, 3}}},
      {"ji,jk->ki", {{3, 2}, {3, 4}}},
      {"bij,bjk->bik", {{2, 3, 4}, {2, 4, 5}}},
      {"bij,bkj->ibk", {{2, 3, 4}, {2, 5, 4}}},
      {"bthd,bshd->bhts", {{2, 3, 2, 4}, {2, 5, 2, 4}}},
      {"bhts,bshd->bthd", {{2, 2, 3, 5}, {2, 5, 2, 4}}},
      {"abcd,cdef->abef", {{2, 2, 3, 2}, {3, 2, 2, 3}}},
      {"abc,cd->abd", {{2, 3, 4}, {4, 2}}},
      {"...ij,...jk->...ik", {{2, 1, 3, 4}, {5, 4, 2}}},
      {"...ij,jk->...ik", {{2, 5, 3, 4}, {4, 2}}},
      {"ijk,jl->il", {{2, 3, 4}, {3, 2}}},
      {"ij,k->j", {{2, 3}, {4}}},
      {" i j , j k -> i k ", {{2, 3}, {3, 4}}},
  };
  return all;
}

std::vector<Tensor> operands_of(const Case& c) {
  std::vector<Tensor> operands;
  for (const Shape& shape : c.shapes) operands.push_back(normal(shape, operands.size() + 1));
  return operands;
}

std::vector<Value> values_of(const std::vector<Tensor>& tensors) {
  return {tensors.begin(), tensors.end()};
}

TEST(Einsum, IsTheSumOverAllLabels) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.equation);
    const std::vector<Tensor> operands = operands_of(c);
    EXPECT_TRUE(
        is_near(einsum(c.equation, values_of(operands)), summed(c.equation, operands), 1e-12));
  }
}

TEST(Einsum, HasDerivatives) {
  for (const Case& c : cases()) {
    SCOPED_TRACE(c.equation);
    const Body body = [&](const std::vector<Value>& v) -> std::vector<Value> {
      return {einsum(c.equation, v)};
    };
    const auto report = check_gradient(body, operands_of(c));
    EXPECT_TRUE(report.passed) << report.text;
    EXPECT_GT(report.compared, 0);
  }
}

TEST(Einsum, WorksBeforeSizesAreKnown) {
  const Tensor x = normal({2, 3, 4});
  const Tensor w = normal({4, 5}, 2);
  const auto f = [&](const Value& v) { return einsum("abc,cd->dab", {v, w}); };
  EXPECT_TRUE(is_near(replayed(f, x, 2), f(x), 1e-12));
}

TEST(Einsum, UsesFlagsInsteadOfTranspositions) {
  for (const char* equation : {"ij,kj->ik", "ji,jk->ik", "bij,bkj->bik", "ji,kj->ik"}) {
    const Shape shape = equation[0] == 'b' ? Shape{2, 3, 3} : Shape{3, 3};
    const Value y = einsum(equation, {Tensor::ones(shape), Tensor::ones(shape)});
    for (const auto& node : topological_order({&y, 1})) {
      EXPECT_EQ(node->op_as<ops::Transpose>(), nullptr) << equation;
    }
  }
}

TEST(Einsum, ReportsErrors) {
  const Value m = Tensor::ones({2, 3});
  const auto text = [&](const std::string& equation, const std::vector<Value>& operands) {
    try {
      einsum(equation, operands);
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string("no error");
  };
  EXPECT_EQ(text("ij->i", {}), "einsum: expected 1 or 2 operands, got 0; chain calls for more");
  EXPECT_EQ(text("ij", {m, m}), "einsum: expected a term for each of 2 operands, got \"ij\"");
  EXPECT_EQ(text("ii->i", {m}),
            "einsum: expected each letter once in a term (but 'i'), got \"ii->i\"");
  EXPECT_EQ(text("ij->ijk", {m}),
            "einsum: expected letters of the output in an operand too, got \"ij->ijk\"");
  EXPECT_EQ(text("ijk->i", {m}),
            "einsum: expected an operand with the axes \"ijk\", got one of rank 2");
  EXPECT_EQ(text("i->i", {m}),
            "einsum: expected an operand with the axes \"i\", got one of rank 2");
  EXPECT_EQ(text("i?->i", {m}),
            "einsum: expected an operand with the axes \"i?\", got one of rank 2");
  EXPECT_EQ(text("ij?->i", {m}),
            "einsum: expected letters, \"...\", commas and one \"->\", got \"ij?->i\"");
  EXPECT_EQ(text("...j->j", {m}), "einsum: expected \"...\" in the output too, got \"...j->j\"");
  EXPECT_EQ(text("ij->...i", {m}), "einsum: expected \"...\" in an operand too, got \"ij->...i\"");
  EXPECT_EQ(text("ij,ij->i", {m, Tensor::ones({2, 4})}),
            "einsum: expected one size for 'j', got 3 and 4");
}

TEST(Tensordot, SumsOverPairsOfAxes) {
  const Tensor a = normal({2, 3, 4});
  const Tensor b = normal({4, 3, 5}, 2);
  EXPECT_TRUE(is_near(ops::tensordot(a, b, {2, 1}, {0, 1}), summed("ijk,kjl->il", {a, b}), 1e-12));
  EXPECT_TRUE(is_near(ops::tensordot(a, b, 1), summed("ijk,klm->ijlm", {a, b}), 1e-12));
  EXPECT_TRUE(is_near(ops::tensordot(a, b, 0), summed("ijk,lmn->ijklmn", {a, b}), 1e-12));
  const auto f = [&](const Value& v) { return ops::tensordot(v, b, {1}, {1}); };
  EXPECT_TRUE(is_near(replayed(f, a, 1), f(a), 1e-12));
  try {
    ops::tensordot(a, b, {0}, {0});
    FAIL();
  } catch (const ShapeError& e) {
    EXPECT_STREQ(e.what(),
                 "tensordot: expected axes that pair off with equal sizes, got [0] of (2, 3, 4) "
                 "and [0] of (4, 3, 5)");
  }
  EXPECT_THROW(ops::tensordot(a, b, 4), ShapeError);
}

TEST(Dot, FollowsNumpy) {
  const Tensor a = normal({2, 3, 4});
  const Tensor b = normal({5, 4, 3}, 2);
  const Tensor v = normal({4}, 3);
  EXPECT_TRUE(is_near(ops::dot(a, b), summed("ijk,lkm->ijlm", {a, b}), 1e-12));
  EXPECT_TRUE(is_near(ops::dot(a, v), summed("ijk,k->ij", {a, v}), 1e-12));
  EXPECT_TRUE(is_near(ops::dot(v, v), summed("i,i->", {v, v}), 1e-12));
  EXPECT_TRUE(is_near(ops::dot(Tensor{1, 2}, 3), Tensor{3, 6}));
}

TEST(Outer, IsAllProducts) {
  EXPECT_TRUE(is_near(ops::outer(Tensor{1, 2}, Tensor{{3, 4}, {5, 6}}),
                      Tensor{{3, 4, 5, 6}, {6, 8, 10, 12}}));
}

}  // namespace
}  // namespace antler::testing
