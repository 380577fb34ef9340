#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace antler {

/// The paths of the files below a folder whose names end in one of `endings`, whatever their case:
/// folder by folder in the order of the folders' paths, in each by name.
///
/// Errors  FileError for a folder that cannot be read, and for links in a circle.
std::vector<std::string> files_below(const std::string& folder,
                                     std::span<const std::string_view> endings, bool follow_links);

/// The names of the folders in a folder, sorted, without those that begin with a dot.
/// Errors: FileError when it cannot be read.
std::vector<std::string> folders_in(const std::string& folder);

}  // namespace antler
