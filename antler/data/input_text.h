#pragma once

#include <string>

namespace antler {

/// A whole text file in memory, unpacked when it is gzip; at most 1 GiB, because its cells take
/// several times that. Errors: FileError of read_file.
std::string read_text(const std::string& path);

/// Errors: FileError when `text` holds a NUL byte, naming its line; opened by `name`.
void check_is_text(const std::string& text, const std::string& name);

}  // namespace antler
