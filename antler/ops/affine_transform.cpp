#include "antler/ops/affine_transform.h"

#include <vector>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/composite.h"
#include "antler/ops/creation.h"
#include "antler/ops/division.h"
#include "antler/ops/expand_dims.h"
#include "antler/ops/extrema.h"
#include "antler/ops/gather.h"
#include "antler/ops/logical.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/rounding.h"
#include "antler/ops/slice.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/where.h"

namespace antler::ops {
namespace {

// Farther out nothing differs, and integers could overflow; a NaN lies that far out.
constexpr double kFarthest = 1 << 24;

// One of the rows, or columns, that a place lies between: its number, and how much it counts.
struct Tap {
  Value index, weight;
};

std::vector<Tap> taps_of(const Value& place, bool is_bilinear) {
  const Value lowest = detail::number_like(place, -kFarthest);
  const Value bounded =
      where(place > lowest, minimum(place, detail::number_like(place, kFarthest)), lowest);
  const Value below = floor(bounded);
  const Value part = bounded - below;
  const Value first = cast(below, DType::int32);
  if (is_bilinear) return {{first, detail::number_like(part, 1) - part}, {first + 1, part}};
  // Halves go away from zero.
  const Value half = detail::number_like(part, 0.5);
  const Value up = where(bounded > detail::number_like(part, 0), part >= half, part > half);
  return {{first + cast(up, DType::int32), Value()}};
}

// The row that is meant by one outside of [0, n), or any when it is filled in.
Value inside(const Value& index, std::int64_t n, const std::string& fill_mode) {
  if (fill_mode == "wrap") return mod(index, n);
  if (fill_mode == "reflect") {
    const Value place = mod(index, 2 * n);
    return minimum(place, 2 * n - 1 - place);
  }
  return minimum(maximum(index, 0), n - 1);
}

Value is_inside(const Value& index, std::int64_t n) { return logical_and(index >= 0, index < n); }

Value resampled(const Value& images, const Value& transforms,
                const AffineTransformOptions& options) {
  const Shape& shape = images.shape();
  const std::int64_t batch = shape[0], height = shape[1], width = shape[2];
  const DType dtype = images.dtype();
  const Value rows = reshape(cast(arange(height), dtype), {height, 1});
  const Value columns = cast(arange(width), dtype);
  const auto place = [&](int first) {
    const auto coefficient = [&](int k) {
      return reshape(slice_axis(transforms, 1, first + k, first + k + 1), {batch, 1, 1});
    };
    return rows * coefficient(1) + columns * coefficient(0) + coefficient(2);
  };
  const Value pixels = reshape(images, {batch * height * width, shape[3]});
  const Value origins = reshape(arange(batch) * (height * width), {batch, 1, 1});
  const bool is_bilinear = options.interpolation == "bilinear";
  const std::vector<Tap> columns_at = taps_of(place(0), is_bilinear);
  Value sum;
  for (const Tap& row : taps_of(place(3), is_bilinear)) {
    for (const Tap& column : columns_at) {
      const Value at = origins + inside(row.index, height, options.fill_mode) * width +
                       inside(column.index, width, options.fill_mode);
      Value picked = take(pixels, at, 0);
      if (options.fill_mode == "constant") {
        const Value valid =
            logical_and(is_inside(row.index, height), is_inside(column.index, width));
        picked =
            where(expand_dims(valid, -1), picked, detail::number_like(picked, options.fill_value));
      }
      if (is_bilinear) picked = expand_dims(row.weight * column.weight, -1) * picked;
      sum = sum ? sum + picked : picked;
    }
  }
  return sum;
}

void check_choice(std::string_view what, std::string_view value,
                  const std::vector<std::string_view>& known) {
  for (const std::string_view one : known) {
    if (one == value) return;
  }
  throw ValueError("affine_transform: " + unknown_name(what, value, known));
}

}  // namespace

Value affine_transform(const Value& images, const Value& transforms,
                       const AffineTransformOptions& options) {
  check_choice("interpolation", options.interpolation, {"bilinear", "nearest"});
  check_choice("fill_mode", options.fill_mode, {"constant", "nearest", "reflect", "wrap"});
  const Shape& shape = images.shape();
  if (shape.rank() != 4) {
    throw ShapeError("affine_transform: expected images (batch, height, width, channels), got " +
                     shape.to_string());
  }
  if (!transforms.shape().is_compatible({shape[0], 6})) {
    throw ShapeError("affine_transform: expected transforms " + Shape{shape[0], 6}.to_string() +
                     ", got " + transforms.shape().to_string());
  }
  if (!is_floating(images.dtype())) {
    throw TypeError("affine_transform: expected images of floats, got " +
                    std::string(name(images.dtype())) + "; convert with ops::cast");
  }
  const Config attributes = Config::map({{"interpolation", options.interpolation},
                                         {"fill_mode", options.fill_mode},
                                         {"fill_value", options.fill_value}});
  const auto build = [options](std::span<const Value> in) {
    return std::vector<Value>{resampled(in[0], in[1], options)};
  };
  return composite("affine_transform", {images, cast(stop_gradient(transforms), images.dtype())},
                   attributes, build)
      .front();
}

}  // namespace antler::ops
