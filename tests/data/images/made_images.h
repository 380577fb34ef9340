#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/tensor.h"

namespace antler::testing {

std::vector<std::byte> file_bytes(std::string_view text);

/// PNG files of two or three pixels, made apart from libpng.
std::string_view palette_png();     // 2 x 1: (10, 20, 30, 255), (200, 100, 50, 128)
std::string_view grey16_png();      // 2 x 1: 0x1234, 0xFEFF
std::string_view grey1_png();       // 9 x 1: 1 0 1 0 0 1 0 1 1
std::string_view grey_alpha_png();  // 1 x 2: (7, 128), (99, 255)
std::string_view interlaced_png();  // 3 x 2: (10 x + y, 100 + x, 200 + y)
std::string_view bomb_png();        // says 9,000 x 9,000 and holds next to nothing
std::string_view huge_png();        // says 999,999 x 999,999

/// A JPEG file of the best quality. 1 channel is grey, 3 red, green and blue, 4 the inks as Adobe
/// stores them.
std::vector<std::byte> jpeg_of(const Tensor& image, bool progressive = false);

/// (height, width, channels): channel c at (y, x) is 4 y + 6 x + 30 c.
Tensor slope(std::int64_t height, std::int64_t width, std::int64_t channels);

}  // namespace antler::testing
