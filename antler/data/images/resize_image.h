#pragma once

#include <span>
#include <string>

#include "antler/core/tensor.h"

namespace antler::images {

/// A rectangle of pixels.
struct Box {
  std::int64_t top = 0, left = 0, height = 0, width = 0;
};

/// The largest part of the shape of `height` to `width` in the middle of an image.
Box centered_crop(const Tensor& image, std::int64_t height, std::int64_t width);

/// An image's part stretched to another size, without low-pass filtering: pixel i of n stands for
/// (i + 1/2) / n.
///
/// Options  interpolation: "bilinear", "nearest", "bicubic", "area" (the mean of what a pixel
///          covers), "lanczos3", "lanczos5".
/// Shapes   image (h, w, channels) -> out (height, width, channels).
/// Types    uint8 -> float32, not rounded and not clipped.
/// Source   tf.image.resize.
void resize_image(const Tensor& image, const Box& box, const std::string& interpolation,
                  std::int64_t height, std::int64_t width, float* out);

/// Errors: ValueError, opened by `function`, for an interpolation that is not there.
void check_interpolation(const std::string& function, const std::string& interpolation);

}  // namespace antler::images
