// A convolution with the max pool behind it: whole images are never written.
#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/compiler/evaluate.h"
#include "antler/compiler/program.h"
#include "antler/core/thread_pool.h"
#include "antler/ops/all_ops.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"
#include "tests/support/on_every_target.h"

namespace antler {
namespace {

// Whole numbers: sums of them are exact, and many elements of a window are equal.
Value whole_numbers(const Shape& shape, std::uint64_t seed) {
  const Tensor x = testing::normal(shape, seed).astype(DType::float32);
  return Variable(Tensor(ops::round(Value(x) * 1.2))).value();
}

struct Net {
  Shape x, kernel;
  std::vector<std::int64_t> pool, strides;
  std::string padding = "valid";
  std::string pool_padding = "valid";
};

struct Ends {
  Value y;
  std::vector<Value> gradients;  // in x, the kernel, the bias
};

Ends ends_of(const Net& net, bool has_relu) {
  const Value x = whole_numbers(net.x, 1), kernel = whole_numbers(net.kernel, 2);
  const Value bias = whole_numbers({net.kernel.back()}, 3);
  Value z = ops::conv(x, kernel, {.padding = net.padding}) + bias;
  if (has_relu) z = ops::relu(z);
  const Value y = ops::max_pool(z, net.pool, {.strides = net.strides, .padding = net.pool_padding});
  const std::vector<Value> wrt = {x, kernel, bias};
  return {y, gradients(ops::sum(y * whole_numbers(y.shape(), 4)), wrt)};
}

std::vector<Value> all_of(const Ends& ends) {
  std::vector<Value> all = ends.gradients;
  all.push_back(ends.y);
  return all;
}

std::string names_of(const std::vector<Value>& values) {
  return Program::compile({{}, values, {}}, {})->to_string();
}

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Winograd's kernels, with lines left over by the pool; products of windows, padded, of few
// channels, of many images a task and lines of one; one and three axes; windows of other sizes,
// apart from each other, in the padding.
const Net kNets[] = {
    {{5, 13, 13, 32}, {3, 3, 32, 48}, {2, 2}, {}},
    {{3, 30, 26, 16}, {3, 3, 16, 19}, {2, 2}, {}, "same"},
    {{9, 6, 5, 17}, {3, 3, 17, 16}, {3, 2}, {}, "same", "same"},
    {{4, 28, 28, 1}, {3, 3, 1, 32}, {2, 2}, {}},
    {{3, 70, 66, 2}, {3, 3, 2, 37}, {2, 2}, {3, 4}, "same"},
    {{6, 9, 8, 12}, {2, 3, 12, 20}, {2, 3}, {}, "same", "same"},
    {{7, 50, 10}, {5, 10, 16}, {4}, {}},
    {{2, 6, 7, 8, 9}, {2, 3, 2, 9, 18}, {2, 1, 2}, {}, "same"},
    {{2, 34, 33, 5}, {1, 1, 5, 9}, {16, 16}, {}},
};

TEST(FuseConvolutionPool, LeavesNoWholeImages) {
  for (const bool has_relu : {false, true}) {
    for (const Net& net : kNets) {
      SCOPED_TRACE(net.x.to_string());
      const std::string program = names_of(all_of(ends_of(net, has_relu)));
      for (const char* name :
           {"pooled_convolution", "pooled_input_gradient", "pooled_kernel_gradient"}) {
        EXPECT_TRUE(contains(program, name)) << name << " in\n" << program;
      }
      EXPECT_FALSE(contains(program, "max_")) << program;
      EXPECT_FALSE(contains(program, "fused_convolution")) << program;
    }
  }
}

TEST(FuseConvolutionPool, GivesTheNumbersOfTheReference) {
  for (const bool has_relu : {false, true}) {
    for (const Net& net : kNets) {
      SCOPED_TRACE(net.x.to_string() + (has_relu ? " relu" : ""));
      testing::expect_reference_on_every_target(all_of(ends_of(net, has_relu)), 1e-6);
    }
  }
}

// The largest of a window that holds NaN is the first NaN, as in the pool alone.
TEST(FuseConvolutionPool, KeepsWhatIsNoNumber) {
  const Value x = whole_numbers({2, 8, 8, 16}, 1), kernel = whole_numbers({1, 1, 16, 16}, 2);
  const Value roots = ops::sqrt(ops::conv(x, kernel));
  const Value y = ops::max_pool(ops::conv(roots, kernel), {2, 2});
  const std::vector<Value> values = {y, gradients(ops::sum(y), std::vector{roots})[0]};
  EXPECT_TRUE(contains(names_of(values), "pooled_convolution"));
  EXPECT_TRUE(std::isnan(evaluate({{y}}, {})[0].item(0)));
  testing::expect_reference_on_every_target(values, 1e-5);
}

TEST(FuseConvolutionPool, GivesTheSameBitsForAnyThreadCount) {
  const Net net = {{19, 26, 26, 16}, {3, 3, 16, 32}, {2, 2}, {}};
  const std::vector<Value> values = all_of(ends_of(net, true));
  const int before = num_threads();
  set_num_threads(1);
  const std::vector<Tensor> alone = evaluate(values, ProgramOptions{});
  for (const int count : {2, 3}) {
    set_num_threads(count);
    const std::vector<Tensor> shared = evaluate(values, ProgramOptions{});
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_TRUE(identical(shared[i], alone[i]));
  }
  set_num_threads(before);
}

// Groups are pooled too; their gradients are not worth kernels of their own.
TEST(FuseConvolutionPool, UnpoolsForGroups) {
  const Net net = {{3, 9, 8, 12}, {3, 3, 4, 24}, {2, 2}, {}};
  const std::vector<Value> values = all_of(ends_of(net, true));
  const std::string program = names_of(values);
  EXPECT_TRUE(contains(program, "pooled_convolution")) << program;
  EXPECT_TRUE(contains(program, "max_unpool")) << program;
  testing::expect_reference_on_every_target(values, 1e-6);
}

TEST(FuseConvolutionPool, LeavesAlone) {
  const Value x = whole_numbers({2, 9, 9, 16}, 1), kernel = whole_numbers({3, 3, 16, 16}, 2);
  const Value z = ops::relu(ops::conv(x, kernel));
  const auto gradient = [&](const Value& y) {
    return gradients(ops::sum(y * y), std::vector{kernel})[0];
  };
  // Cells in two windows, a place that is no byte, others that read the whole image.
  const std::vector<std::vector<Value>> cases = {
      {gradient(ops::max_pool(z, {3, 3}, {.strides = {2, 2}}))},
      {ops::max_pool(ops::conv(whole_numbers({1, 300, 1}, 1), whole_numbers({1, 1, 16}, 2)),
                     {257})},
      {ops::max_pool(z, {2, 2}), z},
      {ops::max_pool(z, {2, 2}), ops::sum(z)},
      {ops::max_pool(z, {2, 2}), ops::max_pool(z, {3, 3})},
      {gradient(ops::max_pool(z, {2, 2})), ops::max_pool(z, {3, 3})},
      {ops::max_pool(ops::depthwise_conv(x, whole_numbers({3, 3, 16, 1}, 2)), {2, 2})}};
  for (const std::vector<Value>& values : cases) {
    EXPECT_FALSE(contains(names_of(values), "pooled_")) << names_of(values);
  }
}

}  // namespace
}  // namespace antler
