#pragma once

#include <string>
#include <string_view>

namespace antler {

/// What is wrong with a member's name, or nullptr: only relative paths that stay below the folder
/// they are put in are accepted.
const char* fault_of_member_name(std::string_view name);

}  // namespace antler
