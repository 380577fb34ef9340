#pragma once

#include <string>

namespace antler {

/// Throws FileError unless `path` can name a file: it is not empty, no directory, and its folder
/// exists. `owner` is the callback that asks.
void require_file_path(const std::string& owner, const std::string& path);

/// Makes the folder and those above it where they are missing. Errors: FileError when that fails or
/// the folder may not be written to.
void require_folder(const std::string& owner, const std::string& folder);

/// The part of a path before its last slash; "." when there is none.
std::string folder_of(const std::string& path);

}  // namespace antler
