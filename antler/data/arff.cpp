#include "antler/data/arff.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/data/arff_line.h"
#include "antler/data/input_text.h"
#include "antler/data/number_text.h"

namespace antler {
namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::string braced(const std::vector<std::string>& values) {
  constexpr std::size_t kShown = 10;
  std::string text = "{";
  for (std::size_t i = 0; i < std::min(values.size(), kShown); ++i) {
    text += (i == 0 ? "" : ", ") + values[i];
  }
  return text + (values.size() > kShown ? ", ...}" : "}");
}

class ArffReader {
 public:
  explicit ArffReader(const std::string& name) : name_(name) { table_.source = name; }

  Table read(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::string_view line = trimmed(text.substr(at, end - at));
      if (line.ends_with('\r')) line = trimmed(line.substr(0, line.size() - 1));
      at = end + 1;
      ++line_number_;
      if (line.empty() || line[0] == '%') continue;
      if (in_data_) {
        read_row(line);
      } else {
        read_declaration(line);
      }
    }
    if (!in_data_) {
      throw FileError(name_ +
                      ": expected @data after the attributes, got the end of the file; is "
                      "it an ARFF file, and whole?");
    }
    if (table_.lines.empty()) throw FileError(name_ + ": expected rows below @data, got none");
    return std::move(table_);
  }

 private:
  std::string place() const { return name_ + ":" + std::to_string(line_number_); }

  void read_declaration(std::string_view line) {
    const std::string where = place();
    ArffLine words(line, where);
    const std::string keyword = lower(words.word(" \t").text);
    if (keyword == "@relation") return;
    if (keyword == "@data") {
      if (table_.columns.empty()) {
        throw FileError(where + ": expected attributes before @data, got none");
      }
      in_data_ = true;
    } else if (keyword == "@attribute") {
      read_attribute(words, where);
    } else {
      throw FileError(where + ": expected @relation, @attribute or @data, got \"" +
                      keyword.substr(0, 40) + "\"; is it an ARFF file?");
    }
  }

  void read_attribute(ArffLine& words, const std::string& where) {
    Column column;
    column.name = words.word(" \t{").text;
    if (column.name.empty()) throw FileError(where + ": expected a name after @attribute");
    if (table_.index_of(column.name) >= 0) {
      throw FileError(where + ": the attribute \"" + column.name +
                      "\" is declared twice; rename one");
    }
    if (words.accept('{')) {
      column.categories = words.values();
      column.is_text =
          !std::all_of(column.categories.begin(), column.categories.end(),
                       [](const std::string& value) { return parse_number(value).has_value(); });
    } else {
      const std::string type = lower(words.word(" \t").text);
      column.is_text = type == "string" || type == "date";
      if (!column.is_text && type != "numeric" && type != "real" && type != "integer") {
        throw FileError(where +
                        ": expected an attribute that is numeric, {nominal}, string or "
                        "date, got \"" +
                        type.substr(0, 40) + "\"");
      }
    }
    table_.columns.push_back(std::move(column));
  }

  void read_row(std::string_view line) {
    const std::string where = place();
    if (line[0] == '{') {
      throw FileError(where +
                      ": expected a row with a cell for each attribute, got a sparse row; "
                      "write it dense (Weka's SparseToNonSparse)");
    }
    const std::vector<ArffCell> cells = ArffLine(line, where).cells();
    if (cells.size() != table_.columns.size()) {
      throw FileError(where + ": expected " + std::to_string(table_.columns.size()) +
                      " cells, one for each attribute, got " + std::to_string(cells.size()));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) add_cell(cells[i], table_.columns[i], where);
    table_.lines.push_back(line_number_);
  }

  static void add_cell(const ArffCell& cell, Column& column, const std::string& where) {
    const bool missing = !cell.quoted && (cell.text == "?" || cell.text.empty());
    column.missing.push_back(missing ? 1 : 0);
    if (!missing && !column.categories.empty() &&
        std::find(column.categories.begin(), column.categories.end(), cell.text) ==
            column.categories.end()) {
      throw FileError(where + ": expected one of " + braced(column.categories) +
                      " for attribute \"" + column.name + "\", got \"" + cell.text.substr(0, 40) +
                      "\"");
    }
    if (column.is_text) {
      column.texts.push_back(missing ? "" : cell.text);
      return;
    }
    const std::optional<double> number =
        missing ? std::numeric_limits<double>::quiet_NaN() : parse_number(cell.text);
    if (!number) {
      throw FileError(where + ": expected a number for attribute \"" + column.name + "\", got \"" +
                      cell.text.substr(0, 40) + "\"");
    }
    column.numbers.push_back(*number);
  }

  const std::string& name_;
  Table table_;
  bool in_data_ = false;
  std::int64_t line_number_ = 0;
};

}  // namespace

Table parse_arff(const std::string& text, const std::string& name) {
  check_is_text(text, name);
  Table table = ArffReader(name).read(text);
  table.has_header = true;
  return table;
}

Table read_arff(const std::string& path) { return parse_arff(read_text(path), path); }

}  // namespace antler
