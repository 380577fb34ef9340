#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace antler {

/// A word of an ARFF line: what stood in quotes is never a missing value or a number's sign.
struct ArffCell {
  std::string text;
  bool quoted = false;
};

/// Cuts one line of an ARFF file into words. `place` (path and line) opens the errors.
class ArffLine {
 public:
  ArffLine(std::string_view line, const std::string& place) : line_(line), place_(place) {}

  /// The next word: quoted with ' or " (a backslash escapes), or up to a blank or one of `stops`.
  /// Errors: FileError when a quote never closes.
  ArffCell word(std::string_view stops);
  /// The cells up to the end of the line, separated by commas.
  std::vector<ArffCell> cells();
  /// The values up to a closing brace, separated by commas; the opening one has been read.
  std::vector<std::string> values();
  bool accept(char c);
  bool at_end();

 private:
  void skip_blanks();

  std::string_view line_;
  const std::string& place_;
  std::size_t at_ = 0;
};

}  // namespace antler
