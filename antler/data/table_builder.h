#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "antler/data/table.h"

namespace antler {

/// Makes a Table from rows of cells, and decides which columns are numeric.
///
/// The cells must outlive finish(): they are kept as views until then.
class TableBuilder {
 public:
  TableBuilder(const std::string& source, std::size_t columns);

  /// Names the columns. Errors: FileError when two share a name.
  void set_header(const std::vector<std::string_view>& names, std::int64_t line);
  /// Errors: FileError when the number of cells is not that of line `first_line`.
  void add_row(const std::vector<std::string_view>& cells, std::int64_t line,
               std::int64_t first_line);
  /// Errors: FileError when there is no row.
  Table finish();

 private:
  Table table_;
  std::vector<std::vector<std::string_view>> cells_;  // by column
};

}  // namespace antler
