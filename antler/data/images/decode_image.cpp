#include <array>
#include <cstring>
#include <string_view>

#include "antler/core/error.h"
#include "antler/data/images/decoders.h"

namespace antler::images {
namespace {

bool starts_with(std::span<const std::byte> bytes, std::string_view text) {
  return bytes.size() >= text.size() && std::memcmp(bytes.data(), text.data(), text.size()) == 0;
}

}  // namespace

void check_size(std::int64_t width, std::int64_t height, const std::string& name) {
  if (width > 0 && height > 0 && width <= kMaxPixels / height) return;
  throw FileError(name + ": expected an image of at most " + std::to_string(kMaxPixels) +
                  " pixels, got " + std::to_string(width) + " x " + std::to_string(height));
}

Tensor decode_image(std::span<const std::byte> bytes, const std::string& name) {
  if (starts_with(bytes, "\x89PNG\r\n\x1a\n")) return decode_png(bytes, name);
  if (starts_with(bytes, "\xff\xd8\xff")) return decode_jpeg(bytes, name);
  if (starts_with(bytes, "BM")) return decode_bmp(bytes, name);
  if (starts_with(bytes, "GIF8")) {
    throw FileError(name + ": GIF images are not read; convert it to PNG");
  }
  throw FileError(name + ": expected a PNG, JPEG or BMP image, got other bytes");
}

}  // namespace antler::images
