#include "tests/support/paths.h"

namespace antler::testing {

std::string source_path(std::string_view relative) {
  return std::string(ANTLER_SOURCE_DIR).append("/").append(relative);
}

std::string binary_path(std::string_view relative) {
  return std::string(ANTLER_BINARY_DIR).append("/").append(relative);
}

}  // namespace antler::testing
