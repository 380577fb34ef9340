#include "antler/layers/resize_images.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "antler/layers/resample_axis.h"
#include "antler/layers/resize_weights.h"
#include "antler/ops/gather.h"
#include "antler/ops/operands.h"
#include "antler/ops/pad.h"
#include "antler/ops/slice.h"

namespace antler {
namespace {

ImageSize size_of(const Value& images, ImageAxes axes) {
  return {images.shape()[axes.height], images.shape()[axes.width]};
}

std::int64_t scaled(std::int64_t side, std::int64_t by, std::int64_t of) {
  return static_cast<std::int64_t>(static_cast<double>(side * by) / static_cast<double>(of));
}

Value middle(const Value& x, int axis, std::int64_t count) {
  const std::int64_t start = (x.shape()[axis] - count) / 2;
  return count == x.shape()[axis] ? x : ops::slice_axis(x, axis, start, start + count);
}

// In float32, as JAX does it.
Value nearest_along(const Value& x, int axis, std::int64_t count) {
  const std::int64_t n = x.shape()[axis];
  std::vector<std::int32_t> indices;
  for (std::int64_t i = 0; i < count; ++i) {
    const float at =
        (static_cast<float>(i) + 0.5F) * static_cast<float>(n) / static_cast<float>(count);
    indices.push_back(
        static_cast<std::int32_t>(std::min(std::floor(at), static_cast<float>(n - 1))));
  }
  return ops::take(x, Tensor::from(indices), axis);
}

Value resized_along(const Value& x, int axis, std::int64_t count, std::string_view interpolation,
                    bool antialias) {
  const std::int64_t n = x.shape()[axis];
  if (n == count) return x;
  if (interpolation == "nearest") return nearest_along(x, axis, count);
  return resample_axis(x, axis,
                       resize_weights(interpolation, n, count, antialias).astype(x.dtype()));
}

}  // namespace

ImageSize proportional_part(ImageSize size, ImageSize target) {
  const std::int64_t height = scaled(size.width, target.height, target.width);
  const std::int64_t width = scaled(size.height, target.width, target.height);
  return {std::clamp<std::int64_t>(height, 1, size.height),
          std::clamp<std::int64_t>(width, 1, size.width)};
}

Value crop_to_aspect_ratio(const Value& images, ImageAxes axes, ImageSize target) {
  const ImageSize kept = proportional_part(size_of(images, axes), target);
  return middle(middle(images, axes.height, kept.height), axes.width, kept.width);
}

// An odd difference loses its last row or column, as in Keras.
Value pad_to_aspect_ratio(const Value& images, ImageAxes axes, ImageSize target,
                          double fill_value) {
  const auto [height, width] = size_of(images, axes);
  const std::int64_t above =
      (std::max(height, scaled(width, target.height, target.width)) - height) / 2;
  const std::int64_t beside =
      (std::max(width, scaled(height, target.width, target.height)) - width) / 2;
  if (above == 0 && beside == 0) return images;
  ops::PadWidth pads(static_cast<std::size_t>(images.rank()), {0, 0});
  if (above > 0) {
    pads[static_cast<std::size_t>(axes.height)] = {above, above};
  } else {
    pads[static_cast<std::size_t>(axes.width)] = {beside, beside};
  }
  return ops::pad(ops::detail::as_floating(images), pads, {.constant_values = fill_value});
}

Value resize_images(const Value& images, ImageAxes axes, ImageSize target,
                    std::string_view interpolation, bool antialias) {
  const Value x = interpolation == "nearest" ? images : ops::detail::as_floating(images);
  const Value rows = resized_along(x, axes.height, target.height, interpolation, antialias);
  return resized_along(rows, axes.width, target.width, interpolation, antialias);
}

}  // namespace antler
