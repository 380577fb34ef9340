#include "antler/ops/affine_transform.h"

#include <gtest/gtest.h>

#include <cmath>

#include "antler/core/error.h"
#include "tests/support/gradient_check.h"
#include "tests/support/inputs.h"
#include "tests/support/near.h"

namespace antler {
namespace {

using testing::is_near;

Tensor row(std::initializer_list<double> pixels) {
  return testing::values(pixels, {1, 1, static_cast<std::int64_t>(pixels.size()), 1});
}

// A row of pixels, each taken from `shift` columns to the right of it.
Tensor shifted(double shift, const ops::AffineTransformOptions& options) {
  return ops::affine_transform(row({1, 2, 3, 4}), Tensor{{1, 0, shift, 0, 1, 0}}, options);
}

TEST(AffineTransform, FillModes) {
  const auto fill = [](const std::string& mode, double shift) {
    return shifted(shift, {.fill_mode = mode, .fill_value = 9});
  };
  EXPECT_TRUE(is_near(fill("constant", 3), row({4, 9, 9, 9})));
  EXPECT_TRUE(is_near(fill("constant", -3), row({9, 9, 9, 1})));
  EXPECT_TRUE(is_near(fill("nearest", 3), row({4, 4, 4, 4})));
  EXPECT_TRUE(is_near(fill("nearest", -3), row({1, 1, 1, 1})));
  EXPECT_TRUE(is_near(fill("reflect", 3), row({4, 4, 3, 2})));
  EXPECT_TRUE(is_near(fill("reflect", -3), row({3, 2, 1, 1})));
  EXPECT_TRUE(is_near(fill("reflect", 9), row({2, 3, 4, 4})));
  EXPECT_TRUE(is_near(fill("wrap", 3), row({4, 1, 2, 3})));
  EXPECT_TRUE(is_near(fill("wrap", -9), row({4, 1, 2, 3})));
}

TEST(AffineTransform, LiesBetweenPixels) {
  EXPECT_TRUE(is_near(shifted(0.25, {.fill_value = 8}), row({1.25, 2.25, 3.25, 5})));
  EXPECT_TRUE(is_near(shifted(-0.25, {.fill_value = 8}), row({2.75, 1.75, 2.75, 3.75})));
  // The nearest pixel; of a half the one farther from column 0.
  EXPECT_TRUE(is_near(shifted(0.5, {.interpolation = "nearest"}), row({2, 3, 4, 0})));
  EXPECT_TRUE(is_near(shifted(-0.5, {.interpolation = "nearest"}), row({0, 2, 3, 4})));
  EXPECT_TRUE(is_near(shifted(0.4, {.interpolation = "nearest"}), row({1, 2, 3, 4})));
}

TEST(AffineTransform, TurnsEachImageByItsOwn) {
  const Tensor x = testing::values({1, 2, 3, 4, 1, 2, 3, 4}, {2, 2, 2, 1});
  // A quarter against the clock, about (0.5, 0.5); and nothing.
  const Tensor transforms{{0, -1, 1, 1, 0, 0}, {1, 0, 0, 0, 1, 0}};
  EXPECT_TRUE(is_near(ops::affine_transform(x, transforms),
                      testing::values({2, 4, 1, 3, 1, 2, 3, 4}, {2, 2, 2, 1})));
}

TEST(AffineTransform, IsFilledInWhereATransformIsNotFinite) {
  for (const double far : {std::nan(""), 1e30, -1e30, std::numeric_limits<double>::infinity()}) {
    EXPECT_TRUE(is_near(shifted(far, {.fill_value = 7}), row({7, 7, 7, 7}))) << far;
  }
}

TEST(AffineTransform, Gradient) {
  const Tensor x = testing::normal({2, 3, 4, 2});
  const Tensor transforms{{0.8, -0.3, 0.7, 0.2, 0.9, -1.1}, {1.7, 0.1, -2, 0.4, -1.3, 3}};
  for (const char* fill : {"constant", "nearest", "reflect", "wrap"}) {
    for (const char* interpolation : {"bilinear", "nearest"}) {
      const auto body = [&](const std::vector<Value>& in) {
        return std::vector<Value>{ops::affine_transform(
            in[0], transforms, {.interpolation = interpolation, .fill_mode = fill})};
      };
      const testing::GradientReport report = testing::check_gradient(body, {x});
      EXPECT_TRUE(report.passed) << fill << ", " << interpolation << ": " << report.text;
      EXPECT_EQ(report.compared, x.size());
    }
  }
}

template <class E, class F>
std::string message_of(F f) {
  try {
    f();
  } catch (const E& e) {
    return e.what();
  }
  return "no error";
}

TEST(AffineTransform, Errors) {
  const Tensor x = testing::normal({2, 3, 4, 1}), transforms = testing::normal({2, 6});
  EXPECT_EQ(message_of<ShapeError>([&] { ops::affine_transform(transforms, transforms); }),
            "affine_transform: expected images (batch, height, width, channels), got (2, 6)");
  EXPECT_EQ(message_of<ShapeError>([&] {
              ops::affine_transform(x, Tensor{{1, 2, 3}});
            }),
            "affine_transform: expected transforms (2, 6), got (1, 3)");
  EXPECT_EQ(
      message_of<TypeError>([&] { ops::affine_transform(x.astype(DType::uint8), transforms); }),
      "affine_transform: expected images of floats, got uint8; convert with ops::cast");
  EXPECT_EQ(message_of<ValueError>([&] {
              ops::affine_transform(x, transforms, {.fill_mode = "mirror"});
            }).substr(0, 45),
            "affine_transform: unknown fill_mode \"mirror\";");
}

}  // namespace
}  // namespace antler
