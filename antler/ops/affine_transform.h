#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/graph/value.h"

namespace antler::ops {

struct AffineTransformOptions {
  NamedOnly named_only = NamedOnly();
  std::string interpolation = "bilinear";  // or "nearest"
  /// What stands outside of an image: "constant", fill_value; "nearest", its outermost pixels;
  /// "reflect" (d c b a | a b c d | d c b a) or "wrap" (a b c d | a b c d | a b c d), the image.
  std::string fill_mode = "constant";
  double fill_value = 0;
};

/// Images turned, moved and scaled: the pixel at column x and row y is taken from column
/// a0 x + a1 y + a2 and row b0 x + b1 y + b2 of the same image, between the pixels there.
///
/// Shapes  images (batch, height, width, channels), transforms (batch, 6), a0 a1 a2 b0 b1 b2 of
///         each -> as images.  Types  floats; no gradient flows to the transforms.
/// Errors  ShapeError; TypeError for images of integers; ValueError for unknown options.
/// Source  keras.ops.image.affine_transform, without its c0 and c1.
Value affine_transform(const Value& images, const Value& transforms,
                       const AffineTransformOptions& options = {});

}  // namespace antler::ops
