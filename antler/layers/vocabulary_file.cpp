#include "antler/layers/vocabulary_file.h"

#include <algorithm>
#include <charconv>

#include "antler/core/error.h"

namespace antler {
namespace {

// What Python's str.splitlines takes for the end of a line, in UTF-8.
constexpr std::string_view kLineEnds[] = {
    "\n", "\r", "\v", "\f", "\x1C", "\x1D", "\x1E", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool are_lines(const std::vector<std::string>& tokens) {
  if (!tokens.empty() && tokens.back().empty()) return false;
  return std::none_of(tokens.begin(), tokens.end(), [](const std::string& token) {
    return std::any_of(std::begin(kLineEnds), std::end(kLineEnds),
                       [&](std::string_view end) { return token.find(end) != std::string::npos; });
  });
}

void token_from_line(std::string_view line, std::string& token) { token = line; }

void token_from_line(std::string_view line, std::int64_t& token) {
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), token);
  if (error != std::errc() || end != line.data() + line.size()) {
    throw ValueError("expected a whole number on each line, got \"" + std::string(line) + "\"");
  }
}

}  // namespace antler
