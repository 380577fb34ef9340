#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "antler/saving/hdf5_objects.h"

namespace antler::hdf5 {

/// The texts of the attribute of that name among an object's messages; nullopt when there is none.
/// Text of variable length stands in heaps shared by the whole file.
///
/// Errors  FileError: malformed, no text (an empty attribute may have any type), not UTF-8, more
///         text than the file has bytes, attributes in the dense form.
std::optional<std::vector<std::string>> read_strings(std::span<const std::byte> file,
                                                     const std::vector<Message>& messages,
                                                     std::string_view name);

}  // namespace antler::hdf5
