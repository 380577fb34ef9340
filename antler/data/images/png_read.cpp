// PNG by libpng, which leaves its functions by longjmp when a file is wrong. It does so out of
// `read_header` and `read_rows` alone, where nothing has a destructor to skip.
#include "antler/core/error.h"
#include "antler/data/images/decoders.h"

#ifdef ANTLER_HAS_IMAGES

#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <vector>

namespace antler::images {
namespace {

constexpr png_uint_32 kMaxSide = 1'000'000;
constexpr png_alloc_size_t kMaxChunkBytes = 8 << 20;
constexpr std::int64_t kBestDeflation = 1032;

struct Reader {
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::span<const std::byte> left = {};
  char message[160] = "";
  std::int64_t width = 0, height = 0, channels = 0;
  std::int64_t stored_bytes = 0;  // of the rows as the file has them

  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { png_destroy_read_struct(&png, &info, nullptr); }
};

[[noreturn]] void on_error(png_structp png, png_const_charp text) {
  auto* reader = static_cast<Reader*>(png_get_error_ptr(png));
  std::snprintf(reader->message, sizeof(reader->message), "%s", text);
  png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {}

void give_bytes(png_structp png, png_bytep to, png_size_t count) {
  auto* reader = static_cast<Reader*>(png_get_io_ptr(png));
  if (count > reader->left.size()) png_error(png, "the file ends too early");
  std::memcpy(to, reader->left.data(), count);
  reader->left = reader->left.subspan(count);
}

bool read_header(Reader& reader) {
  const png_structp png = reader.png;
  if (setjmp(png_jmpbuf(png)) != 0) return false;
  png_set_read_fn(png, &reader, give_bytes);
  png_set_user_limits(png, kMaxSide, kMaxSide);
  png_set_chunk_malloc_max(png, kMaxChunkBytes);
  png_read_info(png, reader.info);
  reader.stored_bytes = static_cast<std::int64_t>(png_get_rowbytes(png, reader.info)) *
                        png_get_image_height(png, reader.info);
  png_set_expand(png);
  png_set_strip_16(png);
  png_set_interlace_handling(png);
  png_read_update_info(png, reader.info);
  reader.width = png_get_image_width(png, reader.info);
  reader.height = png_get_image_height(png, reader.info);
  reader.channels = png_get_channels(png, reader.info);
  return true;
}

bool read_rows(Reader& reader, png_bytepp rows) {
  if (setjmp(png_jmpbuf(reader.png)) != 0) return false;
  png_read_image(reader.png, rows);
  png_read_end(reader.png, nullptr);
  return true;
}

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw FileError(name + ": damaged PNG image: " + what);
}

}  // namespace

Tensor decode_png(std::span<const std::byte> bytes, const std::string& name) {
  Reader reader;
  reader.left = bytes;
  reader.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reader, on_error, on_warning);
  if (reader.png != nullptr) reader.info = png_create_info_struct(reader.png);
  if (reader.info == nullptr) throw FileError(name + ": does not fit into this machine's memory");
  if (!read_header(reader)) fail(name, reader.message);
  check_size(reader.width, reader.height, name);
  if (reader.stored_bytes / kBestDeflation > static_cast<std::int64_t>(bytes.size())) {
    fail(name, "the file is too short for its size");
  }
  Tensor image =
      Tensor::uninitialized(DType::uint8, {reader.height, reader.width, reader.channels});
  auto* row = reinterpret_cast<png_bytep>(image.mutable_raw());
  std::vector<png_bytep> rows(static_cast<std::size_t>(reader.height));
  for (png_bytep& start : rows) {
    start = row;
    row += reader.width * reader.channels;
  }
  if (!read_rows(reader, rows.data())) fail(name, reader.message);
  return image;
}

}  // namespace antler::images

#else

namespace antler::images {

Tensor decode_png(std::span<const std::byte>, const std::string& name) {
  throw FileError(name + ": this build of Antler reads no PNG; configure it with ANTLER_IMAGES=ON");
}

}  // namespace antler::images

#endif
