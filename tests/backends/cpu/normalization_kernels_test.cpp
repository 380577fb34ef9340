// The kernels of normalize_rows and normalize_columns against their bodies, on each instruction
// set; bits for any number of threads.
#include <gtest/gtest.h>

#include "antler/autodiff/gradients.h"
#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/compiler/evaluate.h"
#include "antler/core/thread_pool.h"
#include "antler/ops/normalization.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::cpu {
namespace {

using testing::is_near;
using testing::normal;

Value floats(const Shape& shape, std::uint64_t seed) {
  return Variable(normal(shape, seed).astype(DType::float32)).value();
}

// y, mean, variance, and the derivatives by x, gamma and beta.
struct Case {
  Shape shape;
  bool by_rows, scale, center;

  std::vector<Value> values() const {
    const Value x = floats(shape, 1);
    const Value gamma = scale ? floats({shape[1]}, 2) : Value();
    const Value beta = center ? floats({shape[1]}, 3) : Value();
    std::vector<Value> outputs;
    if (by_rows) {
      outputs = {ops::normalize_rows(x, gamma, beta, 0.01)};
    } else {
      const ops::NormalizedColumns columns = ops::normalize_columns(x, gamma, beta, 0.01);
      outputs = {columns.y, columns.mean, columns.variance};
    }
    std::vector<Value> wrt = {x};
    if (scale) wrt.push_back(gamma);
    if (center) wrt.push_back(beta);
    const std::vector<Value> y = {outputs[0]}, by = {floats(shape, 4)};
    for (const Value& g : vector_jacobian_product(y, by, wrt)) outputs.push_back(g);
    return outputs;
  }
};

std::vector<Case> cases() {
  std::vector<Case> all;
  for (const Shape& shape : {Shape{5, 3}, Shape{1, 4}, Shape{7, 1}, Shape{40, 17}, Shape{300, 16},
                             Shape{3, 600}, Shape{2100, 6}, Shape{37, 65}}) {
    for (const bool by_rows : {true, false}) {
      all.push_back({shape, by_rows, true, true});
      all.push_back({shape, by_rows, true, false});
      all.push_back({shape, by_rows, false, true});
      all.push_back({shape, by_rows, false, false});
    }
  }
  return all;
}

TEST(NormalizationKernels, AgreeWithTheirBodies) {
  for (const std::int64_t target : available_targets()) {
    for (const Case& c : cases()) {
      const std::vector<Value> values = c.values();
      const std::vector<Tensor> expected = evaluate(values, {.backend = "reference"});
      force_target(target);
      const std::vector<Tensor> got = evaluate(values, {.backend = "cpu"});
      force_target(0);
      for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_TRUE(is_near(got[i], expected[i], 2e-5))
            << target_name(target) << " " << c.shape.to_string() << " rows " << c.by_rows
            << " scale " << c.scale << " center " << c.center << " output " << i;
      }
    }
  }
}

TEST(NormalizationKernels, GiveTheSameBitsForAnyNumberOfThreads) {
  const int before = num_threads();
  for (const bool by_rows : {true, false}) {
    const std::vector<Value> values = Case{{20000, 70}, by_rows, true, true}.values();
    set_num_threads(1);
    const std::vector<Tensor> alone = evaluate(values, {});
    set_num_threads(4);
    const std::vector<Tensor> four = evaluate(values, {});
    for (std::size_t i = 0; i < values.size(); ++i) EXPECT_TRUE(identical(alone[i], four[i])) << i;
  }
  set_num_threads(before);
}

// Where the mean is large beside the deviation, squares would cancel.
TEST(NormalizationKernels, KeepTheVarianceFarFromZero) {
  Tensor x = normal({64, 5}, 9).astype(DType::float32);
  for (float& v : x.mutable_data<float>()) v += 1000;
  const Value wide = x.astype(DType::float64);
  const ops::NormalizedColumns got = ops::normalize_columns(x, {}, {}, 0.001);
  const ops::NormalizedColumns exact = ops::normalize_columns(wide, {}, {}, 0.001);
  EXPECT_TRUE(is_near(Tensor(got.variance), Tensor(exact.variance), 1e-4));
  EXPECT_TRUE(is_near(Tensor(got.y), Tensor(exact.y), 1e-3));
}

}  // namespace
}  // namespace antler::cpu
