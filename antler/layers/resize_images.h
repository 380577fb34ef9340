#pragma once

#include <cstdint>
#include <string_view>

#include "antler/layers/image_axes.h"

// Images brought to a size, in steps: parts cut off or borders added so that the sides have the
// target's proportion, then a resize. Sizes must be known.
namespace antler {

struct ImageSize {
  std::int64_t height, width;
};

/// The largest part of an image of `size` with the proportion of `target`.
ImageSize proportional_part(ImageSize size, ImageSize target);
/// That part of images, from the middle.
Value crop_to_aspect_ratio(const Value& images, ImageAxes axes, ImageSize target);
/// With borders of `fill_value` above and below, or at both sides. Integers become float32.
Value pad_to_aspect_ratio(const Value& images, ImageAxes axes, ImageSize target, double fill_value);
/// Options  interpolation: "nearest" picks elements, "bilinear", "bicubic", "lanczos3" and
///          "lanczos5" weigh the neighbours, and make floats of integers; antialias: see
///          resize_weights.
/// Source   keras.ops.image.resize.
Value resize_images(const Value& images, ImageAxes axes, ImageSize target,
                    std::string_view interpolation, bool antialias = false);

}  // namespace antler
