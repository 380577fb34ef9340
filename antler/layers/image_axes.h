#pragma once

#include <string_view>

#include "antler/graph/value.h"

namespace antler {

/// Where an image, or a batch of them, has its height and width; both in [0, rank).
struct ImageAxes {
  int height, width;
};

/// Errors: ShapeError for an input that is neither (height, width, channels) nor a batch of those,
/// or their channels-first forms.
ImageAxes image_axes(const Shape& input, std::string_view data_format);

/// One image as a batch of one; a batch as it is.
Value as_image_batch(const Value& images);
/// The reverse, for images of the given shape before.
Value as_image_like(const Value& batch, const Shape& before);

}  // namespace antler
