// JPEG by libjpeg, which leaves its functions by longjmp when a file is wrong. It does so out of
// `read_header` and `read_rows` alone, where nothing has a destructor to skip.
#include "antler/core/error.h"
#include "antler/data/images/decoders.h"

#ifdef ANTLER_HAS_IMAGES

#include <csetjmp>
#include <cstring>

// Each of these needs the one before.
// clang-format off
#include <cstdio>
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

namespace antler::images {
namespace {

// A progressive image of a few bytes can ask for any number of passes over all its pixels.
constexpr int kMaxScans = 500;

struct Reader {
  jpeg_decompress_struct info = {};
  jpeg_error_mgr errors = {};
  jpeg_progress_mgr progress = {};
  std::jmp_buf escape;
  char message[JMSG_LENGTH_MAX] = "";

  Reader() = default;
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { jpeg_destroy_decompress(&info); }
};

[[noreturn]] void on_error(j_common_ptr info) {
  auto* reader = static_cast<Reader*>(info->client_data);
  info->err->format_message(info, reader->message);
  std::longjmp(reader->escape, 1);
}

// libjpeg fills with grey what is missing, and says so in a warning.
void on_message(j_common_ptr info, int level) {
  if (level >= 0) return;
  const int code = info->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE ||
      code == JWRN_ARITH_BAD_CODE) {
    on_error(info);
  }
}

void on_progress(j_common_ptr info) {
  auto* reader = static_cast<Reader*>(info->client_data);
  if (reader->info.input_scan_number <= kMaxScans) return;
  std::snprintf(reader->message, sizeof(reader->message), "more than %d scans", kMaxScans);
  std::longjmp(reader->escape, 1);
}

bool read_header(Reader& reader, const unsigned char* bytes, unsigned long size) {
  reader.info.err = jpeg_std_error(&reader.errors);
  reader.errors.error_exit = on_error;
  reader.errors.emit_message = on_message;
  reader.progress.progress_monitor = on_progress;
  reader.info.client_data = &reader;
  if (setjmp(reader.escape) != 0) return false;
  jpeg_create_decompress(&reader.info);
  reader.info.progress = &reader.progress;
  jpeg_mem_src(&reader.info, bytes, size);
  jpeg_read_header(&reader.info, TRUE);
  switch (reader.info.jpeg_color_space) {
    case JCS_GRAYSCALE:
      reader.info.out_color_space = JCS_GRAYSCALE;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      reader.info.out_color_space = JCS_CMYK;
      break;
    default:
      reader.info.out_color_space = JCS_RGB;
  }
  return true;
}

bool read_rows(Reader& reader, unsigned char* pixels, std::int64_t row_bytes) {
  if (setjmp(reader.escape) != 0) return false;
  jpeg_start_decompress(&reader.info);
  while (reader.info.output_scanline < reader.info.output_height) {
    JSAMPROW row = pixels + reader.info.output_scanline * row_bytes;
    jpeg_read_scanlines(&reader.info, &row, 1);
  }
  jpeg_finish_decompress(&reader.info);
  return true;
}

// Four inks as red, green and blue. Adobe's programs store the inks inverted, and say that it was
// them.
Tensor without_inks(const Tensor& inks, bool inverted) {
  const auto from = inks.data<std::uint8_t>();
  Tensor out = Tensor::uninitialized(DType::uint8, {inks.shape()[0], inks.shape()[1], 3});
  const auto to = out.mutable_data<std::uint8_t>();
  const auto light = [&](std::size_t i) { return inverted ? from[i] : 255 - from[i]; };
  for (std::size_t pixel = 0; pixel < to.size() / 3; ++pixel) {
    for (std::size_t c = 0; c < 3; ++c) {
      to[3 * pixel + c] =
          static_cast<std::uint8_t>(light(4 * pixel + c) * light(4 * pixel + 3) / 255);
    }
  }
  return out;
}

[[noreturn]] void fail(const Reader& reader, const std::string& name) {
  throw FileError(name + ": damaged JPEG image: " + reader.message);
}

}  // namespace

Tensor decode_jpeg(std::span<const std::byte> bytes, const std::string& name) {
  Reader reader;
  if (!read_header(reader, reinterpret_cast<const unsigned char*>(bytes.data()),
                   static_cast<unsigned long>(bytes.size()))) {
    fail(reader, name);
  }
  check_size(reader.info.image_width, reader.info.image_height, name);
  const std::int64_t channels = reader.info.out_color_space == JCS_GRAYSCALE ? 1
                                : reader.info.out_color_space == JCS_CMYK    ? 4
                                                                             : 3;
  Tensor image = Tensor::uninitialized(
      DType::uint8, {reader.info.image_height, reader.info.image_width, channels});
  if (!read_rows(reader, image.mutable_data<std::uint8_t>().data(), image.shape()[1] * channels)) {
    fail(reader, name);
  }
  if (channels == 4) return without_inks(image, reader.info.saw_Adobe_marker != 0);
  return image;
}

}  // namespace antler::images

#else

namespace antler::images {

Tensor decode_jpeg(std::span<const std::byte>, const std::string& name) {
  throw FileError(name +
                  ": this build of Antler reads no JPEG; configure it with "
                  "ANTLER_IMAGES=ON");
}

}  // namespace antler::images

#endif
