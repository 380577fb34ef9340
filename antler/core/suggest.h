#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace antler {

/// The candidate with the smallest edit distance to `name`, compared without case; empty when none
/// is closer than half its length.
std::string nearest_name(std::string_view name, const std::vector<std::string_view>& candidates);

/// `unknown activation "rleu"; did you mean "relu"?`, or the list of candidates when none is near.
std::string unknown_name(std::string_view noun, std::string_view name,
                         const std::vector<std::string_view>& candidates);

}  // namespace antler
