#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "antler/core/tensor.h"

namespace antler::images {

/// The most pixels that a reader makes room for.
inline constexpr std::int64_t kMaxPixels = 100'000'000;
/// The most bytes that an image's file may have.
inline constexpr std::int64_t kMaxFileBytes = std::int64_t{1} << 28;

/// The image in a file's bytes, in the channels it has there: 1 grey, 2 grey and alpha, 3 red,
/// green, blue, 4 with alpha. Samples of 16 bits lose the lower 8; palettes become colours.
///
/// Shapes  (height, width, channels).  Types  uint8.
/// Errors  FileError, opened by `name`: what is damaged, cut short, too large or of a kind that is
///         not read; in a build without images PNG and JPEG.
Tensor decode_png(std::span<const std::byte> bytes, const std::string& name);
Tensor decode_jpeg(std::span<const std::byte> bytes, const std::string& name);
/// 8 bits with a palette, 24 and 32 bits, not compressed.
Tensor decode_bmp(std::span<const std::byte> bytes, const std::string& name);
/// Any of these, known by its first bytes.
Tensor decode_image(std::span<const std::byte> bytes, const std::string& name);

/// A PNG file of an image of 1, 3 or 4 channels.
std::vector<std::byte> encode_png(const Tensor& image);

/// Errors: FileError when there are no pixels, or more than kMaxPixels.
void check_size(std::int64_t width, std::int64_t height, const std::string& name);

}  // namespace antler::images
