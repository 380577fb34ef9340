// The gradients of a max pool and of the ReLU before it, in one kernel.
#include <gtest/gtest.h>

#include <limits>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/program.h"
#include "antler/ops/all_ops.h"
#include "tests/support/inputs.h"
#include "tests/support/on_every_target.h"

namespace antler {
namespace {

struct Pool {
  std::vector<std::int64_t> size, strides;
  std::string padding;
};

// Whole tiles, rows and columns left over, cells in two windows, windows in the padding.
const Pool kPools[] = {{{2, 2}, {2, 2}, "valid"}, {{2, 2}, {3, 2}, "valid"},
                       {{4, 1}, {4, 1}, "valid"}, {{3, 3}, {3, 3}, "valid"},
                       {{3, 3}, {2, 2}, "valid"}, {{2, 2}, {1, 1}, "same"},
                       {{2, 2}, {2, 2}, "same"}};

// Halves, so that many are equal; half of them are not positive.
Tensor with_ties(const Shape& shape) {
  return ops::round(Value(testing::normal(shape, 3).astype(DType::float32)) * 2);
}

Value gradient_in(const Value& loss, const Value& x) { return gradients(loss, {&x, 1})[0]; }

Value gradient_behind_relu(const Value& z, const Pool& pool) {
  const Value y =
      ops::max_pool(ops::relu(z), pool.size, {.strides = pool.strides, .padding = pool.padding});
  return gradient_in(ops::sum(y * ops::exp(y * 0.1)), z);
}

std::string names_of(const Value& value) {
  return Program::compile({{}, {value}, {}}, {})->to_string();
}

TEST(FusePooling, TakesInTheReluBefore) {
  const Value z = Variable(with_ties({2, 8, 6, 11})).value();
  for (const Pool& pool : kPools) {
    const std::string program = names_of(gradient_behind_relu(z, pool));
    EXPECT_NE(program.find("fused_max_pool_gradient"), std::string::npos) << program;
    EXPECT_EQ(program.find("select"), std::string::npos) << program;
  }
}

TEST(FusePooling, LeavesAlone) {
  const Value z = Variable(with_ties({2, 8, 6, 3})).value();
  const auto pooled = [](const Value& x) { return ops::max_pool(x, {2, 2}); };
  const auto sum_gradient = [](const Value& y, const Value& x) {
    return gradient_in(ops::sum(y * y), x);
  };
  const Value x = ops::relu(z);
  const Value y = pooled(x);
  // Another mask, another bound, another use of what would be joined.
  const Value of_x = sum_gradient(y, x);
  for (const Value& value :
       {of_x, ops::where(z > 0, of_x, 0), ops::where(x > 1, of_x, 0), ops::where(x > 0, of_x, 1)}) {
    EXPECT_EQ(names_of(value).find("fused_max_pool_gradient"), std::string::npos);
  }
  const std::string both =
      Program::compile({{}, {of_x, ops::where(x > 0, of_x, 0)}, {}}, {})->to_string();
  EXPECT_EQ(both.find("fused_max_pool_gradient"), std::string::npos) << both;
}

// On every instruction set, with more channels than one vector has and some left over; ties go to
// the first cell, and what is no number is the largest and gets nothing behind a ReLU.
TEST(FusePooling, GivesTheNumbersOfTheReference) {
  Tensor x = with_ties({3, 8, 6, 37});
  x.mutable_data<float>()[5] = std::numeric_limits<float>::quiet_NaN();
  x.mutable_data<float>()[40] = -0.0F;
  std::vector<Value> values;
  for (const Pool& pool : kPools) {
    const Value z = Variable(x).value();
    const Value y = ops::max_pool(z, pool.size, {.strides = pool.strides, .padding = pool.padding});
    values.push_back(y);
    values.push_back(gradient_in(ops::sum(y * Value(with_ties(y.shape()))), z));
    values.push_back(gradient_behind_relu(Variable(with_ties({3, 8, 6, 37})).value(), pool));
  }
  testing::expect_reference_on_every_target(values, 1e-4);
}

}  // namespace
}  // namespace antler
