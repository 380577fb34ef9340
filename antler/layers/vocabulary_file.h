#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// A vocabulary as text: a token a line.
namespace antler {

/// The lines of a text, without their ends ("\n" or "\r\n"); the last one needs no end.
std::vector<std::string_view> lines_of(std::string_view text);

/// Whether the tokens come back from lines, in Antler and in Keras, which reads them with Python's
/// splitlines and drops empty ones at the end.
bool are_lines(const std::vector<std::string>& tokens);
inline bool are_lines(const std::vector<std::int64_t>&) { return true; }

/// The token of a line. Errors: ValueError for what is no whole number.
void token_from_line(std::string_view line, std::string& token);
void token_from_line(std::string_view line, std::int64_t& token);

}  // namespace antler
