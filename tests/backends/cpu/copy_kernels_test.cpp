// Ops that only move elements: every layout against the reference kernel.
#include "antler/backends/cpu/copy_kernels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <random>

#include "antler/backends/cpu/strided_copy.h"
#include "antler/compiler/evaluate.h"
#include "antler/core/thread_pool.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/pad.h"
#include "antler/ops/relu.h"
#include "antler/ops/reverse.h"
#include "antler/ops/slice.h"
#include "antler/ops/transpose.h"
#include "tests/support/inputs.h"

namespace antler::cpu {
namespace {

constexpr DType kTypes[] = {DType::float32, DType::float64, DType::int32, DType::uint8,
                            DType::boolean};

Value variable(const Shape& shape, DType dtype) {
  return Variable(testing::integers(shape, 0, 200).astype(dtype)).value();
}

void expect_equal(const Value& y, const std::string& what) {
  const Tensor expected = evaluate({y}, {.backend = "reference"})[0];
  const Tensor got = evaluate({y}, {.backend = "cpu"})[0];
  ASSERT_EQ(got.shape(), expected.shape()) << what;
  EXPECT_EQ(std::memcmp(got.raw(), expected.raw(), static_cast<std::size_t>(got.byte_size())), 0)
      << what << " of " << y.node().inputs()[0].shape().to_string() << ' ' << name(y.dtype()) << ' '
      << got.to_string();
}

TEST(CopyKernels, TransposeEveryOrderOfAxes) {
  for (const Shape& shape : {Shape{5, 7}, Shape{3, 70, 5}, Shape{2, 1, 33, 4}, Shape{2, 3, 4, 5},
                             Shape{1, 9, 8, 1}, Shape{2, 3, 2, 3, 2}, Shape{3, 0, 2}}) {
    std::vector<int> perm(static_cast<std::size_t>(shape.rank()));
    std::iota(perm.begin(), perm.end(), 0);
    do {
      for (const DType dtype : kTypes) {
        const ops::Transpose op{perm};
        expect_equal(apply(op, {variable(shape, dtype)}), "transpose");
      }
    } while (std::next_permutation(perm.begin(), perm.end()));
  }
}

TEST(CopyKernels, SliceWithStartsAndSteps) {
  for (const DType dtype : kTypes) {
    const Value x = variable({4, 9, 6, 5}, dtype);
    for (const std::int64_t step : {1, 2, 3, 7}) {
      for (int axis = 0; axis < 4; ++axis) {
        expect_equal(ops::slice_axis(x, axis, 1, ops::Slice::kEnd, step), "slice");
      }
      expect_equal(apply(ops::Slice{{1, 2, 0, 1}, {4, 9, 6, 3}, {1, step, 1, 1}}, {x}), "slice");
      expect_equal(apply(ops::Slice{{0, 0, 1, 0}, {4, 9, 6, 5}, {step, 1, step, 2}}, {x}), "slice");
    }
  }
}

TEST(CopyKernels, ReverseAnyAxes) {
  for (const DType dtype : kTypes) {
    const Value x = variable({3, 4, 1, 5}, dtype);
    for (const std::vector<int>& axes :
         {std::vector{0}, {1}, {2}, {3}, {0, 3}, {1, 2}, {0, 1, 2, 3}}) {
      expect_equal(apply(ops::Reverse{axes}, {x}), "reverse");
    }
  }
}

TEST(CopyKernels, PadAroundAndBetween) {
  for (const DType dtype : kTypes) {
    const Value x = variable({3, 4, 5}, dtype);
    expect_equal(apply(ops::Pad{{0, 2, 1}, {1, 0, 3}, {0, 0, 0}, 1}, {x}), "pad");
    expect_equal(apply(ops::Pad{{1, 0, 0}, {0, 0, 2}, {2, 1, 3}, 0}, {x}), "pad");
    expect_equal(apply(ops::Pad{{2, 1}, {0, 1}, {0, 0}, 1}, {variable({0, 3}, dtype)}), "pad");
  }
}

TEST(CopyKernels, BroadcastAnyAxes) {
  for (const DType dtype : kTypes) {
    for (const Shape& shape : {Shape{}, Shape{1}, Shape{6}, Shape{5, 1}, Shape{4, 5, 6},
                               Shape{4, 1, 1}, Shape{4, 1, 6}, Shape{1, 5, 1}, Shape{3, 1, 5, 1}}) {
      expect_equal(ops::broadcast_to(variable(shape, dtype), {3, 4, 5, 6}), "broadcast_to");
    }
  }
}

TEST(CopyKernels, LeaveOtherOpsAlone) {
  const TensorSpec spec{{2}, DType::float32};
  EXPECT_FALSE(copy_kernel(Op(ops::Relu()), {{spec}, {spec}}));
}

// Layouts that no op asks for today: elements of two bytes, and gaps on both sides.
TEST(StridedCopy, LeavesWhatLiesBetweenAlone) {
  std::vector<std::uint16_t> from(40);
  std::iota(from.begin(), from.end(), std::uint16_t{1});
  std::vector<std::uint16_t> to(60, 0);
  const StridedCopy copy({{3, 10 * 2, 5 * 2}, {4, 2 * 2, 16 * 2 - 2}}, 2);
  copy.run(reinterpret_cast<const std::byte*>(from.data()),
           reinterpret_cast<std::byte*>(to.data()));
  std::vector<std::uint16_t> expected(60, 0);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 4; ++j) expected[i * 5 + j * 15] = from[i * 10 + j * 2];
  }
  EXPECT_EQ(to, expected);
}

// Enough work for the thread pool, in each of the inner loops.
TEST(CopyKernels, GiveTheSameBitsForAnyNumberOfThreads) {
  const int before = num_threads();
  const Value x = variable({2, 1500, 1400}, DType::float32);
  const std::vector<Value> all = {
      apply(ops::Transpose{{0, 2, 1}}, {x}), apply(ops::Transpose{{1, 0, 2}}, {x}),
      apply(ops::Reverse{{2}}, {x}),
      ops::broadcast_to(variable({2, 1500, 1}, DType::float32), {2, 1500, 1400})};
  for (const int threads : {1, 3}) {
    set_num_threads(threads);
    for (const Value& y : all) expect_equal(y, std::to_string(threads) + " threads");
  }
  set_num_threads(before);
}

}  // namespace
}  // namespace antler::cpu
