#include "antler/data/input_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/input_file.h"

namespace antler {

std::string read_text(const std::string& path) {
  const std::vector<std::byte> bytes = read_file(path, std::int64_t{1} << 30);
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void check_is_text(const std::string& text, const std::string& name) {
  const std::size_t position = text.find('\0');
  if (position == std::string::npos) return;
  const auto nul = text.begin() + static_cast<std::ptrdiff_t>(position);
  throw FileError(name + ":" + std::to_string(std::count(text.begin(), nul, '\n') + 1) +
                  ": expected text, got a zero byte; is it a binary file, or UTF-16?");
}

}  // namespace antler
