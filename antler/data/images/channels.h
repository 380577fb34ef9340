#pragma once

#include <string>

#include "antler/core/tensor.h"

namespace antler::images {

/// The channels of a color_mode: "grayscale" 1, "rgb" 3, "rgba" 4. Errors: ValueError, opened by
/// `function`.
int channels_of(const std::string& function, const std::string& color_mode);

/// An image of 1 to 4 channels in 1, 3 or 4: grey is 0.299 red + 0.587 green + 0.114 blue, rounded;
/// alpha is left out, or 255 where there was none.
///
/// Shapes  (height, width, any) -> (height, width, channels).  Types  uint8.  Source  Pillow.
Tensor with_channels(const Tensor& image, int channels);

}  // namespace antler::images
