#pragma once

#include <string>
#include <vector>

namespace antler {

/// A table drawn with boxes as Keras draws its summary: a heavy header, a line under every row,
/// cells wrapped at blanks, and words that do not fit cut with an ellipsis.
///
/// Source  the layout of rich.table, which Keras prints with.
class TextTable {
 public:
  enum class Align { left, right, center };
  struct Column {
    std::string header;
    Align align = Align::left;
    double end = 1.0;  // where it ends, as a share of the line
  };

  /// Errors: ValueError when the line is too short for the columns.
  TextTable(std::vector<Column> columns, int line_length);
  void add_row(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string to_string() const;

 private:
  std::string rule(const char* left, const char* line, const char* middle, const char* right) const;
  std::string row(const std::vector<std::string>& cells, const char* bar) const;
  std::string placed(const std::string& text, std::size_t column) const;

  std::vector<Column> columns_;
  std::vector<int> widths_;  // of the texts
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace antler
