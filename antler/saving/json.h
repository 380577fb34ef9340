#pragma once

#include <string>
#include <string_view>

#include "antler/core/config.h"

namespace antler {

/// Reads one JSON value as Python's json module does: NaN, Infinity and -Infinity are numbers, keys
/// keep their order. A number without fraction and exponent is an integer when it fits 64 bits, a
/// real otherwise. `what` names the text in errors, usually "file.keras: config.json".
///
/// Errors  FileError with line and column: malformed text or UTF-8, a key that stands twice in one
///         object, more than 200 levels, more than 64 MiB.
Config parse_json(std::string_view text, const std::string& what);

/// The text that Python's json.dumps makes of the same value, byte for byte: ASCII only, reals as
/// the shortest decimals that read back, NaN and Infinity as such. `indent` below 0 gives one line.
///
/// Errors  ValueError for a string that is not UTF-8.
std::string to_json(const Config& value, int indent = -1);

}  // namespace antler
