#pragma once

#include <string>
#include <string_view>

namespace antler::testing {

/// The absolute path of a file of the repository: source_path("tests/golden/layers.json").
std::string source_path(std::string_view relative);

/// The absolute path of a file of the build folder: binary_path("bin/antler").
std::string binary_path(std::string_view relative);

}  // namespace antler::testing
