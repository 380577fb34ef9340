#include "antler/data/csv.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/input_text.h"
#include "antler/data/number_text.h"
#include "antler/data/table_builder.h"

namespace antler {
namespace {

// Cuts the text into rows of cells. Cells are views of the text; a quoted cell is unescaped in
// place, where it only gets shorter.
class CsvScanner {
 public:
  CsvScanner(std::string& text, const std::string& name)
      : text_(text), name_(name), separator_(find_separator(text)) {}

  /// The next row that is not an empty line; false at the end.
  bool next_row(std::vector<std::string_view>& cells) {
    cells.clear();
    while (at_ < text_.size() && at_line_end()) skip_line_end();
    if (at_ >= text_.size()) return false;
    row_line_ = line_;
    while (true) {
      cells.push_back(next_cell());
      if (at_ < text_.size() && text_[at_] == separator_) {
        ++at_;
        continue;
      }
      if (at_ < text_.size()) skip_line_end();
      return true;
    }
  }
  /// The line on which the last row started.
  std::int64_t row_line() const { return row_line_; }

 private:
  // What the first line holds outside quotes decides.
  static char find_separator(std::string_view text) {
    bool quoted = false;
    char found = ',';
    for (const char c : text) {
      if (c == '"') quoted = !quoted;
      if (quoted) continue;
      if (c == ',' || c == '\n') return c == ',' ? ',' : found;
      if (found == ',' && (c == ';' || c == '\t')) found = c;
    }
    return found;
  }

  bool at_line_end() const {
    return text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 == text_.size() || text_[at_ + 1] == '\n'));
  }
  void skip_line_end() {
    if (text_[at_] == '\r') ++at_;
    if (at_ < text_.size()) ++at_;
    ++line_;
  }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t') &&
           text_[at_] != separator_) {
      ++at_;
    }
  }

  std::string_view next_cell() {
    const std::size_t start = at_;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] == '"') return quoted_cell();
    while (at_ < text_.size() && text_[at_] != separator_ && !at_line_end()) ++at_;
    return trimmed(std::string_view(text_).substr(start, at_ - start));
  }

  std::string_view quoted_cell() {
    const std::int64_t opened = line_;
    const std::size_t start = ++at_;
    std::size_t end = start;
    while (true) {
      if (at_ >= text_.size()) {
        throw FileError(name_ + ":" + std::to_string(opened) +
                        ": a quoted cell starts here and never ends; add the closing quote, or "
                        "double a quote that belongs to the text");
      }
      const char c = text_[at_++];
      if (c == '\n') ++line_;
      if (c == '"') {
        if (at_ >= text_.size() || text_[at_] != '"') break;
        ++at_;
      }
      text_[end++] = c;
    }
    const std::size_t length = end - start;
    skip_blanks();
    if (at_ < text_.size() && text_[at_] != separator_ && !at_line_end()) {
      throw FileError(name_ + ":" + std::to_string(line_) +
                      ": expected a separator after the closing quote, got '" + text_[at_] +
                      "'; double a quote that belongs to the text");
    }
    return std::string_view(text_).substr(start, length);
  }

  std::string& text_;
  const std::string& name_;
  char separator_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
  std::int64_t row_line_ = 1;
};

bool has_number(const std::vector<std::string_view>& cells) {
  return std::any_of(cells.begin(), cells.end(),
                     [](std::string_view cell) { return parse_number(cell).has_value(); });
}

}  // namespace

Table parse_csv(std::string text, const std::string& name) {
  check_is_text(text, name);
  if (std::string_view(text).starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  CsvScanner scanner(text, name);
  std::vector<std::string_view> row;
  if (!scanner.next_row(row)) throw FileError(name + ": expected rows of data, got empty lines");
  TableBuilder builder(name, row.size());
  const bool has_header = !has_number(row);
  const std::int64_t first_line = scanner.row_line();
  if (has_header) builder.set_header(row, first_line);
  bool more = has_header ? scanner.next_row(row) : true;
  for (; more; more = scanner.next_row(row)) builder.add_row(row, scanner.row_line(), first_line);
  return builder.finish();
}

Table read_csv(const std::string& path) { return parse_csv(read_text(path), path); }

}  // namespace antler
