#include "apps/cli/targets.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "antler/core/error.h"
#include "antler/core/suggest.h"
#include "antler/data/number_text.h"
#include "apps/cli/cell.h"

namespace antler::cli {
namespace {

[[noreturn]] void refuse_name(const Table& table, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  const std::string near = nearest_name(name, names);
  throw ValueError(fmt::format("{}: no column \"{}\"; {}", table.source, name,
                               near.empty() ? fmt::format("there are {} columns", names.size())
                                            : "did you mean \"" + near + "\"?"));
}

std::int64_t find_target(const Table& table, const std::string& name) {
  const std::int64_t index = table.index_of(name);
  if (index >= 0) return index;
  const std::optional<double> number = parse_number(name);
  if (!number || *number != std::floor(*number)) refuse_name(table, name);
  const double count = static_cast<double>(table.columns.size());
  if (*number < -count || *number >= count) {
    throw ValueError(fmt::format("{}: expected a column index from {} to {}, got {}", table.source,
                                 -count, count - 1, name));
  }
  return static_cast<std::int64_t>(*number < 0 ? *number + count : *number);
}

std::vector<std::int64_t> find_listed(const Table& table, const std::string& wanted) {
  // A name may hold commas itself.
  if (table.index_of(wanted) >= 0) return {table.index_of(wanted)};
  std::vector<std::int64_t> found;
  for (std::size_t at = 0; at <= wanted.size();) {
    const std::size_t end = std::min(wanted.find(',', at), wanted.size());
    const std::string name(trimmed(std::string_view(wanted).substr(at, end - at)));
    const std::int64_t index = find_target(table, name);
    if (std::find(found.begin(), found.end(), index) != found.end()) {
      throw ValueError(fmt::format("--target: column \"{}\" is given twice", name));
    }
    found.push_back(index);
    at = end + 1;
  }
  return found;
}

}  // namespace

std::vector<std::int64_t> find_targets(const Data& data, const std::string& wanted) {
  const Table& table = *data.table;
  std::vector<std::int64_t> found;
  if (!wanted.empty()) {
    found = find_listed(table, wanted);
  } else if (!data.label_columns.empty()) {
    found = data.label_columns;
  } else {
    found = {static_cast<std::int64_t>(table.columns.size()) - 1};
  }
  if (found.size() >= table.columns.size()) {
    throw ValueError(
        fmt::format("{}: expected at least one column beside the target, got none", table.source));
  }
  return found;
}

std::vector<Column> target_columns(const Table& table, const std::vector<std::int64_t>& indices) {
  std::vector<Column> targets;
  for (const std::int64_t index : indices) {
    const Column& column = table.columns[static_cast<std::size_t>(index)];
    for (std::size_t row = 0; row < table.lines.size(); ++row) {
      if (column.missing[row] != 0) {
        throw ValueError(cell_name(table, row, column) +
                         ": expected a target, got a blank cell; fill it or remove the row");
      }
      if (!column.is_text) check_finite(table, row, column);
    }
    targets.push_back(column);
  }
  return targets;
}

std::vector<Column> target_columns(const Tensor& y, const std::string& source) {
  if (y.rank() < 1 || y.rank() > 2) {
    throw ValueError(fmt::format("{}: expected targets of shape (rows,) or (rows, columns), got {}",
                                 source, y.shape().to_string()));
  }
  const std::int64_t width = y.rank() == 1 ? 1 : y.shape()[1];
  const Tensor numbers = y.astype(DType::float64);
  const std::span<const double> values = numbers.data<double>();
  std::vector<Column> targets(static_cast<std::size_t>(width));
  for (std::size_t j = 0; j < targets.size(); ++j) {
    targets[j].name = width == 1 ? "y" : fmt::format("y_{}", j);
    for (std::size_t i = j; i < values.size(); i += targets.size()) {
      if (!std::isfinite(values[i])) {
        throw ValueError(
            fmt::format("{}: targets: row {}, column {} (from 0): expected a number, "
                        "got {}",
                        source, i / targets.size(), j, values[i]));
      }
      targets[j].numbers.push_back(values[i]);
    }
  }
  return targets;
}

}  // namespace antler::cli
