#include "antler/backends/cpu/row_kernels.h"

#include <gtest/gtest.h>

#include "antler/compiler/evaluate.h"
#include "antler/ops/log_softmax.h"
#include "antler/ops/max_min.h"
#include "antler/ops/softmax.h"
#include "antler/ops/sum.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::cpu {
namespace {

// Any set of axes, neighbours or not.
TEST(RowKernels, ReduceAnyAxes) {
  const Shape shape{3, 5, 2, 7, 4};
  const Value x = Variable(testing::normal(shape).astype(DType::float32)).value();
  for (int set = 1; set < 32; ++set) {
    std::vector<int> axes;
    for (int axis = 0; axis < shape.rank(); ++axis) {
      if ((set >> axis & 1) != 0) axes.push_back(axis);
    }
    for (const Value& y :
         {ops::sum(x, {.axis = axes}), ops::max(x, {.axis = axes}), ops::min(x, {.axis = axes})}) {
      EXPECT_TRUE(row_kernel(y.node().op(), {{{shape, DType::float32}}, {y.node().outputs()[0]}}));
      EXPECT_TRUE(testing::is_near(evaluate({y}, {.backend = "cpu"})[0],
                                   evaluate({y}, {.backend = "reference"})[0], 1e-5))
          << y.node().op().name() << ' ' << set;
    }
  }
}

TEST(RowKernels, SoftmaxAlongAnyAxis) {
  const Shape shape{3, 5, 33, 4};
  const Value x = Variable(testing::normal(shape).astype(DType::float32)).value();
  for (int axis = 0; axis < shape.rank(); ++axis) {
    for (const Value& y : {ops::softmax(x, axis), ops::log_softmax(x, axis)}) {
      EXPECT_TRUE(row_kernel(y.node().op(), {{{shape, DType::float32}}, {y.node().outputs()[0]}}));
      EXPECT_TRUE(testing::is_near(evaluate({y}, {.backend = "cpu"})[0],
                                   evaluate({y}, {.backend = "reference"})[0], 1e-6))
          << y.node().op().name() << ' ' << axis;
    }
  }
}

}  // namespace
}  // namespace antler::cpu
