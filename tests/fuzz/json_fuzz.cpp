// libFuzzer: whatever the text, parsing ends with FileError or with a value whose text, parsed
// again, gives that text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "antler/core/error.h"
#include "antler/saving/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string text = antler::to_json(antler::parse_json(input, "fuzz.json"));
    if (antler::to_json(antler::parse_json(text, "again"), -1) != text) std::abort();
  } catch (const antler::FileError&) {
  }
  return 0;
}
