#include "antler/models/terminal.h"

#include <cstdio>

namespace antler {

void print_text(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

}  // namespace antler
