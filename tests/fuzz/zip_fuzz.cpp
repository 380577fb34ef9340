// libFuzzer: whatever the bytes, reading a zip archive ends, with members or with FileError.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/saving/zip_archive.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  try {
    const antler::ZipReader archive(std::vector<std::byte>(bytes.begin(), bytes.end()), "fuzz.zip");
    for (const std::string& name : archive.names()) {
      try {
        (void)archive.read(name);
      } catch (const antler::FileError&) {
      }
    }
  } catch (const antler::FileError&) {
  }
  return 0;
}
