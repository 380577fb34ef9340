#include "antler/data/table_builder.h"

#include <limits>
#include <optional>
#include <utility>

#include "antler/core/error.h"
#include "antler/data/number_text.h"

namespace antler {
namespace {

// The numbers of a column, or false as soon as a cell is none.
bool read_numbers(const std::vector<std::string_view>& cells, Column& column) {
  column.numbers.reserve(cells.size());
  bool any = false;
  for (const std::string_view cell : cells) {
    if (cell.empty()) {
      column.numbers.push_back(std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    const std::optional<double> number = parse_number(trimmed(cell));
    if (!number) return false;
    column.numbers.push_back(*number);
    any = true;
  }
  return any;
}

void fill_column(const std::vector<std::string_view>& cells, Column& column) {
  column.missing.reserve(cells.size());
  for (const std::string_view cell : cells) column.missing.push_back(cell.empty() ? 1 : 0);
  column.is_text = !read_numbers(cells, column);
  if (!column.is_text) return;
  column.numbers = {};
  column.texts.assign(cells.begin(), cells.end());
}

}  // namespace

TableBuilder::TableBuilder(const std::string& source, std::size_t columns) {
  table_.source = source;
  table_.columns.resize(columns);
  cells_.resize(columns);
  for (std::size_t i = 0; i < columns; ++i) table_.columns[i].name = "column_" + std::to_string(i);
}

void TableBuilder::set_header(const std::vector<std::string_view>& names, std::int64_t line) {
  table_.has_header = true;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].empty()) continue;
    const std::int64_t before = table_.index_of(names[i]);
    if (before >= 0 && before < static_cast<std::int64_t>(i)) {
      throw FileError(table_.source + ":" + std::to_string(line) + ": the column name \"" +
                      std::string(names[i]) + "\" appears twice (columns " +
                      std::to_string(before) + " and " + std::to_string(i) +
                      ", from 0); rename one");
    }
    table_.columns[i].name = std::string(names[i]);
  }
}

void TableBuilder::add_row(const std::vector<std::string_view>& cells, std::int64_t line,
                           std::int64_t first_line) {
  if (cells.size() != cells_.size()) {
    throw FileError(table_.source + ":" + std::to_string(line) + ": expected " +
                    std::to_string(cells_.size()) + (cells_.size() == 1 ? " cell" : " cells") +
                    " as in line " + std::to_string(first_line) + ", got " +
                    std::to_string(cells.size()) + "; is a separator missing or too many?");
  }
  for (std::size_t i = 0; i < cells.size(); ++i) cells_[i].push_back(cells[i]);
  table_.lines.push_back(line);
}

Table TableBuilder::finish() {
  if (table_.lines.empty()) {
    throw FileError(table_.source + ": expected rows of data below the header, got none");
  }
  for (std::size_t i = 0; i < cells_.size(); ++i) fill_column(cells_[i], table_.columns[i]);
  return std::move(table_);
}

}  // namespace antler
