#pragma once

#include <string_view>

namespace antler {

/// Writes to standard output at once. Only what a user switches on with `verbose` comes here.
void print_text(std::string_view text);

}  // namespace antler
