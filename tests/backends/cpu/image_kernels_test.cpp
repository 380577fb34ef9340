// The kernel of affine_transform gives what its body gives, for any number of threads.
#include "antler/backends/cpu/image_kernels.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "antler/compiler/evaluate.h"
#include "antler/core/thread_pool.h"
#include "antler/ops/affine_transform.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler::cpu {
namespace {

using testing::is_near;

Value variable(const Tensor& values) { return Variable(values.astype(DType::float32)).value(); }

// Turned and scaled by some, and moved by up to three images.
Tensor transforms(std::int64_t batch, std::uint64_t seed) {
  Tensor all = testing::uniform({batch, 6}, -1.5, 1.5, seed);
  const auto data = all.mutable_data<double>();
  for (std::size_t i = 2; i < data.size(); i += 3) data[i] *= 12;
  return all;
}

TEST(ImageKernel, GivesWhatTheBodyGives) {
  std::uint64_t seed = 1;
  for (const Shape& shape : {Shape{3, 7, 9, 3}, Shape{2, 8, 8, 1}, Shape{1, 1, 1, 1},
                             Shape{2, 1, 5, 4}, Shape{2, 6, 1, 2}, Shape{1, 33, 21, 5}}) {
    for (const char* fill : {"constant", "nearest", "reflect", "wrap"}) {
      for (const char* interpolation : {"bilinear", "nearest"}) {
        seed += 2;
        const Value y = ops::affine_transform(
            variable(testing::normal(shape, seed)), variable(transforms(shape[0], seed + 1)),
            {.interpolation = interpolation, .fill_mode = fill, .fill_value = 0.75});
        const Tensor expected = evaluate({y}, {.backend = "reference"})[0];
        EXPECT_TRUE(is_near(evaluate({y}, {.backend = "cpu"})[0], expected, 1e-6))
            << shape.to_string() << ' ' << fill << ' ' << interpolation;
      }
    }
  }
}

// What is far out or no number must not be read.
TEST(ImageKernel, BoundsWhatItReads) {
  const double inf = std::numeric_limits<double>::infinity();
  const Tensor wild{{1e30, -1e30, 3, inf, 0, 1}, {1, 0, std::nan(""), 0, 1, -inf}};
  for (const char* fill : {"constant", "nearest", "reflect", "wrap"}) {
    for (const char* interpolation : {"bilinear", "nearest"}) {
      const Value y = ops::affine_transform(variable(testing::normal({2, 4, 5, 3})), variable(wild),
                                            {.interpolation = interpolation, .fill_mode = fill});
      EXPECT_TRUE(is_near(evaluate({y}, {.backend = "cpu"})[0],
                          evaluate({y}, {.backend = "reference"})[0], 1e-6))
          << fill << ' ' << interpolation;
    }
  }
}

TEST(ImageKernel, IsThereForFloatsOnly) {
  const auto kernel_for = [](DType dtype) {
    const Value y = ops::affine_transform(testing::normal({1, 2, 2, 1}).astype(dtype),
                                          testing::normal({1, 6}).astype(dtype));
    const auto* composite = y.node().op_as<ops::Composite>();
    const TensorSpec images{{1, 2, 2, 1}, dtype};
    return image_kernel(*composite, {{images, {{1, 6}, dtype}}, {images}});
  };
  EXPECT_TRUE(kernel_for(DType::float32));
  EXPECT_FALSE(kernel_for(DType::float64));
}

TEST(ImageKernel, GivesTheSameBitsForAnyNumberOfThreads) {
  const int before = num_threads();
  const Value y = ops::affine_transform(variable(testing::normal({4, 150, 130, 3})),
                                        variable(transforms(4, 9)), {.fill_mode = "reflect"});
  set_num_threads(1);
  const Tensor alone = evaluate({y}, {})[0];
  set_num_threads(4);
  const Tensor four = evaluate({y}, {})[0];
  set_num_threads(before);
  EXPECT_TRUE(identical(alone, four));
}

}  // namespace
}  // namespace antler::cpu
