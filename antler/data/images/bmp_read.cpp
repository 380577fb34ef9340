#include <string>

#include "antler/core/error.h"
#include "antler/data/images/decoders.h"

namespace antler::images {
namespace {

// Little-endian numbers at places that are checked.
class Bytes {
 public:
  Bytes(std::span<const std::byte> bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  std::span<const std::byte> part(std::int64_t at, std::int64_t count) const {
    const auto size = static_cast<std::int64_t>(bytes_.size());
    if (at < 0 || count < 0 || at > size || count > size - at) fail("the file ends too early");
    return bytes_.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(count));
  }
  std::int64_t number(std::int64_t at, int count) const {
    std::uint32_t value = 0;
    int shift = 0;
    for (const std::byte byte : part(at, count)) {
      value |= std::to_integer<std::uint32_t>(byte) << shift;
      shift += 8;
    }
    return value;
  }
  std::int64_t signed_number(std::int64_t at) const {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(number(at, 4)));
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw FileError(name_ + ": damaged BMP image: " + what);
  }

 private:
  std::span<const std::byte> bytes_;
  const std::string& name_;
};

constexpr std::int64_t kFileHeader = 14;

}  // namespace

Tensor decode_bmp(std::span<const std::byte> data, const std::string& name) {
  const Bytes bytes(data, name);
  const std::int64_t header = bytes.number(kFileHeader, 4);
  const std::int64_t width = bytes.signed_number(18);
  const std::int64_t signed_height = bytes.signed_number(22);
  const std::int64_t bits = bytes.number(28, 2);
  if (header < 40 || bytes.number(30, 4) != 0 || (bits != 8 && bits != 24 && bits != 32)) {
    throw FileError(name + ": expected a BMP image of 8, 24 or 32 bits, not compressed, got " +
                    std::to_string(bits) + " bits; convert it to PNG");
  }
  const std::int64_t height = signed_height < 0 ? -signed_height : signed_height;
  check_size(width, height, name);
  const std::int64_t row_bytes = (width * bits + 31) / 32 * 4;
  const auto pixels = bytes.part(bytes.number(10, 4), row_bytes * height);
  std::span<const std::byte> palette;
  if (bits == 8) {
    const std::int64_t colours = bytes.number(46, 4);
    if (colours > 256) bytes.fail("a palette of " + std::to_string(colours) + " colours");
    palette = bytes.part(kFileHeader + header, 4 * (colours == 0 ? 256 : colours));
  }
  Tensor image = Tensor::uninitialized(DType::uint8, {height, width, 3});
  auto* to = image.mutable_data<std::uint8_t>().data();
  for (std::int64_t y = 0; y < height; ++y) {
    const std::int64_t stored = signed_height < 0 ? y : height - 1 - y;  // the last row comes first
    const std::byte* row = pixels.data() + stored * row_bytes;
    for (std::int64_t x = 0; x < width; ++x, to += 3) {
      const std::byte* colour = row + x * (bits / 8);
      if (bits == 8) {
        const std::size_t at = 4 * std::to_integer<std::size_t>(*colour);
        if (at >= palette.size()) bytes.fail("a colour that is not in the palette");
        colour = palette.data() + at;
      }
      for (int c = 0; c < 3; ++c) to[c] = std::to_integer<std::uint8_t>(colour[2 - c]);
    }
  }
  return image;
}

}  // namespace antler::images
