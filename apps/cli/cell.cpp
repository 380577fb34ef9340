#include "apps/cli/cell.h"

#include <fmt/format.h>

#include <cmath>

#include "antler/core/error.h"

namespace antler::cli {

std::string cell_name(const Table& table, std::size_t row, const Column& column) {
  return fmt::format("{}:{}: row {}, column \"{}\"", table.source, table.lines[row], row + 1,
                     column.name);
}

void check_finite(const Table& table, std::size_t row, const Column& column) {
  const double number = column.numbers[row];
  if (std::isfinite(number)) return;
  throw ValueError(
      fmt::format("{}: expected a finite number, got {}; leave a cell blank when its "
                  "value is not known",
                  cell_name(table, row, column), number));
}

}  // namespace antler::cli
