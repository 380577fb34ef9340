#include "antler/data/numbers.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/input_text.h"
#include "antler/data/number_text.h"

namespace antler {
namespace {

constexpr std::string_view kSeparators = " \t\r,";

void add_line(std::string_view line, const std::string& place, std::vector<double>& values) {
  std::int64_t word = 0;
  for (std::size_t at = line.find_first_not_of(kSeparators); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(kSeparators, at), line.size());
    const std::string_view text = line.substr(at, end - at);
    const std::optional<double> number = parse_number(text);
    ++word;
    if (!number) {
      throw FileError(place + ": expected a number as word " + std::to_string(word) + ", got \"" +
                      std::string(text.substr(0, 40)) +
                      "\"; a file with names or texts is read as CSV");
    }
    values.push_back(*number);
    at = line.find_first_not_of(kSeparators, end);
  }
}

}  // namespace

Tensor parse_numbers(const std::string& text, const std::string& name) {
  check_is_text(text, name);
  std::vector<double> values;
  std::int64_t line_number = 0, first_line = 0, rows = 0;
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = std::string_view(text).substr(at, end - at);
    at = end + 1;
    ++line_number;
    const std::size_t first = line.find_first_not_of(kSeparators);
    if (first == std::string_view::npos || line[first] == '#') continue;
    const std::string place = name + ":" + std::to_string(line_number);
    const std::size_t before = values.size();
    add_line(line, place, values);
    const std::size_t count = values.size() - before;
    if (rows++ == 0) {
      width = count;
      first_line = line_number;
    }
    if (count != width) {
      const std::string first_place = "line " + std::to_string(first_line);
      throw FileError(place + ": expected " + std::to_string(width) + " numbers as in " +
                      first_place + ", got " + std::to_string(count) + "; is " +
                      (count < width ? "the line" : first_place) + " cut short?");
    }
  }
  if (rows == 0) throw FileError(name + ": expected lines of numbers, got none");
  return Tensor::from(values, Shape{rows, static_cast<std::int64_t>(width)});
}

Tensor read_numbers(const std::string& path) { return parse_numbers(read_text(path), path); }

}  // namespace antler
