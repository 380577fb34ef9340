// Random numbers and dropout have the reference kernel's bits, on each instruction set.
#include "antler/backends/cpu/random_kernels.h"

#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/compiler/evaluate.h"
#include "antler/core/thread_pool.h"
#include "antler/ops/dropout.h"
#include "antler/ops/random.h"
#include "tests/support/inputs.h"

namespace antler::cpu {
namespace {

using Kind = ops::Random::Kind;

Value source(std::int64_t number) { return Variable(Tensor(number)).value(); }

Value draw(Kind kind, std::int64_t size, std::int64_t seed, std::int64_t step, double b = 1) {
  const ops::Random op{.kind = kind, .shape = {size}, .b = b, .stream = 3};
  return apply(op, {source(seed), source(step)});
}

void expect_same_bits(const std::vector<Value>& values) {
  const std::vector<Tensor> expected = evaluate(values, {.backend = "reference"});
  for (const std::int64_t target : available_targets()) {
    force_target(target);
    const std::vector<Tensor> got = evaluate(values, {.backend = "cpu"});
    force_target(0);
    for (std::size_t i = 0; i < values.size(); ++i) {
      EXPECT_TRUE(identical(got[i], expected[i])) << target_name(target) << " output " << i;
    }
  }
}

TEST(RandomKernels, HaveTheReferenceBits) {
  for (const std::int64_t size : {1, 3, 4, 17, 512, 515, 20000}) {
    expect_same_bits({draw(Kind::uniform, size, 7, 11)});
    expect_same_bits({draw(Kind::normal, size, 7, 11, 0.5)});
  }
  const std::int64_t wide = (std::int64_t{5} << 40) + 3;  // seeds and steps of more than 32 bits
  expect_same_bits({draw(Kind::uniform, 33, wide, -wide), draw(Kind::normal, 33, -wide, wide)});
}

TEST(RandomKernels, AreThereForWhatLayersDraw) {
  const KernelSpecs specs{{}, {{Shape{4}, DType::float32}}};
  EXPECT_TRUE(random_kernel({.kind = Kind::uniform, .shape = {4}}, specs));
  EXPECT_TRUE(random_kernel({.kind = Kind::normal, .shape = {4}}, specs));
  EXPECT_FALSE(random_kernel({.kind = Kind::uniform, .shape = {4}, .b = 2}, specs));
}

TEST(RandomKernels, GiveTheSameBitsForAnyNumberOfThreads) {
  const int before = num_threads();
  const std::vector<Value> values = {draw(Kind::uniform, 700001, 1, 2),
                                     draw(Kind::normal, 90001, 1, 2)};
  set_num_threads(1);
  const std::vector<Tensor> alone = evaluate(values, {});
  set_num_threads(4);
  const std::vector<Tensor> four = evaluate(values, {});
  set_num_threads(before);
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_TRUE(identical(alone[i], four[i])) << i;
}

TEST(DropoutKernel, HasTheBodysBitsBothWays) {
  for (const std::int64_t size : {1, 2, 5, 64, 1027}) {
    const std::vector<Value> x = {
        Variable(testing::normal({size}, 5).astype(DType::float32)).value()};
    const std::vector<Value> g = {
        Variable(testing::normal({size}, 6).astype(DType::float32)).value()};
    for (const double rate : {0.3, 1.0}) {
      const std::vector<Value> y = {ops::dropout(x[0], draw(Kind::uniform, size, 7, 11), rate)};
      EXPECT_EQ(y[0].node().op().name(), "composite");
      expect_same_bits({y[0], vector_jacobian_product(y, g, x)[0]});
    }
  }
}

}  // namespace
}  // namespace antler::cpu
