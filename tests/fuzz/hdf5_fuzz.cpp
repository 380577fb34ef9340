// libFuzzer: whatever the bytes, reading an HDF5 file ends, with data or with FileError.
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "antler/core/error.h"
#include "antler/saving/hdf5_file.h"

namespace {

void read_all(const antler::Hdf5Reader& file, const std::string& path) {
  for (const char* name : {"name", "layer_names"}) {
    try {
      (void)file.string_list_attribute(path, name);
    } catch (const antler::FileError&) {
    }
  }
  for (const std::string& dataset : file.datasets(path)) {
    try {
      (void)file.read(path + "/" + dataset);
    } catch (const antler::FileError&) {
    }
  }
  for (const std::string& group : file.groups(path)) {
    read_all(file, path.empty() ? group : path + "/" + group);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  try {
    const antler::Hdf5Reader file(std::vector<std::byte>(bytes.begin(), bytes.end()), "fuzz.h5");
    read_all(file, "");
  } catch (const antler::FileError&) {
  }
  return 0;
}
