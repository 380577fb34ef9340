#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "antler/core/tensor.h"

namespace antler {

/// One column of a Table: numbers or texts, never both.
struct Column {
  std::string name;
  bool is_text = false;
  /// One a row when the column is numeric: NaN where a cell is missing. A cell that says NaN or inf
  /// is not missing: it is kept as it is.
  std::vector<double> numbers;
  /// One a row when the column holds text: empty where a cell is missing.
  std::vector<std::string> texts;
  /// One a row: 1 where the cell is blank (ARFF: "?"), 0 elsewhere.
  std::vector<std::uint8_t> missing;
  /// The values that an ARFF file declares, in its order; empty for other columns.
  std::vector<std::string> categories;

  std::int64_t missing_count() const;
};

/// Rows and named columns, as CSV and ARFF files hold them.
struct Table {
  /// The file's path, for messages.
  std::string source;
  std::vector<Column> columns;
  /// The line of the file (from 1) on which each row starts, for messages.
  std::vector<std::int64_t> lines;
  /// Whether the file names its columns; if not they are "column_0", "column_1", ...
  bool has_header = false;

  std::int64_t row_count() const { return static_cast<std::int64_t>(lines.size()); }
  /// The column's index from 0, or -1.
  std::int64_t index_of(std::string_view name) const;

  /// The numbers of some columns side by side, float32 (rows, names), or of all columns. A cell
  /// that is blank stays NaN. Errors  ValueError for a name that is no column's, with the nearest
  /// one, and for text.
  Tensor numbers(const std::vector<std::string>& names) const;
  Tensor numbers() const;
};

}  // namespace antler
