#pragma once

#include <string_view>

#include "antler/core/config.h"

// All that the command writes. With --json only JSON comes to standard output; what a person reads
// then goes to standard error.
namespace antler::cli {

void set_json(bool json);
bool is_json();

/// Errors: FileError when standard output cannot take it (a full disk).
void print(std::string_view text);
/// A line for the person who watches.
void say(std::string_view line);
/// A line of JSON.
void print_json(const Config& value);
/// A line on standard error: "antler: ...".
void complain(std::string_view text);

/// Whether standard output is a terminal, and whether it shows UTF-8.
bool is_terminal();
bool shows_utf8();

}  // namespace antler::cli
