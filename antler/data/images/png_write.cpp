#include "antler/core/error.h"
#include "antler/data/images/decoders.h"

#ifdef ANTLER_HAS_IMAGES

#include <png.h>

namespace antler::images {

std::vector<std::byte> encode_png(const Tensor& image) {
  const std::int64_t channels = image.shape()[2];
  png_image header = {};
  header.version = PNG_IMAGE_VERSION;
  header.height = static_cast<png_uint_32>(image.shape()[0]);
  header.width = static_cast<png_uint_32>(image.shape()[1]);
  header.format = channels == 1   ? PNG_FORMAT_GRAY
                  : channels == 3 ? PNG_FORMAT_RGB
                                  : PNG_FORMAT_RGBA;
  // With null libpng counts the bytes, the second time it writes them.
  png_alloc_size_t size = 0;
  std::vector<std::byte> file;
  const auto write = [&](void* memory) {
    return png_image_write_to_memory(&header, memory, &size, 0, image.raw(), 0, nullptr) != 0;
  };
  bool written = write(nullptr);
  if (written) {
    file.resize(size);
    written = write(file.data());
  }
  if (!written) throw ValueError(std::string("save_img: ") + header.message);
  file.resize(size);
  return file;
}

}  // namespace antler::images

#else

namespace antler::images {

std::vector<std::byte> encode_png(const Tensor&) {
  throw FileError(
      "save_img: this build of Antler writes no PNG; configure it with "
      "ANTLER_IMAGES=ON");
}

}  // namespace antler::images

#endif
