#include "antler/layers/image_axes.h"

#include "antler/core/error.h"
#include "antler/ops/expand_dims.h"

namespace antler {

ImageAxes image_axes(const Shape& input, std::string_view data_format) {
  const bool is_last = data_format == "channels_last";
  if (input.rank() != 3 && input.rank() != 4) {
    const std::string one = is_last ? "(height, width, channels)" : "(channels, height, width)";
    throw ShapeError("expected an image " + one + " or a batch of them, got " + input.to_string());
  }
  const int height = input.rank() - (is_last ? 3 : 2);
  return {height, height + 1};
}

Value as_image_batch(const Value& images) {
  return images.rank() == 3 ? ops::expand_dims(images, 0) : images;
}

Value as_image_like(const Value& batch, const Shape& before) {
  return before.rank() == 3 ? ops::squeeze(batch, 0) : batch;
}

}  // namespace antler
