// libFuzzer: whatever the bytes, decoding them as an image ends, with pixels or with FileError.
#include <cstddef>
#include <cstdint>
#include <span>

#include "antler/core/error.h"
#include "antler/data/images/decoders.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    (void)antler::images::decode_image(std::as_bytes(std::span(data, size)), "fuzz.png");
  } catch (const antler::FileError&) {
  }
  return 0;
}
