#include "antler/data/images/channels.h"

#include "antler/core/error.h"

namespace antler::images {
namespace {

// The weights in units of 2^-16.
std::uint8_t luma(const std::uint8_t* rgb) {
  return static_cast<std::uint8_t>((19595U * rgb[0] + 38470U * rgb[1] + 7471U * rgb[2] + 0x8000U) >>
                                   16);
}

}  // namespace

int channels_of(const std::string& function, const std::string& color_mode) {
  if (color_mode == "grayscale") return 1;
  if (color_mode == "rgb") return 3;
  if (color_mode == "rgba") return 4;
  throw ValueError(function + R"(: expected color_mode to be "grayscale", "rgb" or "rgba", got ")" +
                   color_mode + "\"");
}

Tensor with_channels(const Tensor& image, int channels) {
  const std::int64_t had = image.shape()[2];
  if (had == channels) return image;
  const bool was_grey = had <= 2;
  const bool had_alpha = had == 2 || had == 4;
  const std::int64_t pixels = image.shape()[0] * image.shape()[1];
  Tensor out = Tensor::uninitialized(DType::uint8, {image.shape()[0], image.shape()[1], channels});
  const std::uint8_t* from = image.data<std::uint8_t>().data();
  std::uint8_t* to = out.mutable_data<std::uint8_t>().data();
  for (std::int64_t i = 0; i < pixels; ++i, from += had, to += channels) {
    if (channels == 1) {
      to[0] = was_grey ? from[0] : luma(from);
      continue;
    }
    for (int c = 0; c < 3; ++c) to[c] = from[was_grey ? 0 : c];
    if (channels == 4) to[3] = had_alpha ? from[had - 1] : 255;
  }
  return out;
}

}  // namespace antler::images
