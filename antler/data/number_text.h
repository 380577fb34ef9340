#pragma once

#include <optional>
#include <string_view>

namespace antler {

/// The number that the whole of `text` spells, correctly rounded and whatever the locale: decimal
/// with an optional exponent, or nan, inf, infinity in any case, each with an optional sign.
/// Nothing for anything else, blanks around it included.
std::optional<double> parse_number(std::string_view text);

/// `text` without spaces and tabs at its ends.
std::string_view trimmed(std::string_view text);

}  // namespace antler
