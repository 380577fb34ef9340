#include "antler/data/table.h"

#include <algorithm>

#include "antler/core/error.h"
#include "antler/core/suggest.h"

namespace antler {
namespace {

std::vector<std::string_view> names_of(const std::vector<Column>& columns) {
  std::vector<std::string_view> names;
  for (const Column& column : columns) names.push_back(column.name);
  return names;
}

}  // namespace

std::int64_t Column::missing_count() const {
  return std::count(missing.begin(), missing.end(), std::uint8_t{1});
}

std::int64_t Table::index_of(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return static_cast<std::int64_t>(i);
  }
  return -1;
}

Tensor Table::numbers(const std::vector<std::string>& names) const {
  const auto width = static_cast<std::int64_t>(names.size());
  Tensor out(DType::float32, {row_count(), width});
  const std::span<float> to = out.mutable_data<float>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::int64_t index = index_of(names[i]);
    if (index < 0)
      throw ValueError(source + ": " + unknown_name("column", names[i], names_of(columns)));
    const Column& column = columns[static_cast<std::size_t>(index)];
    if (column.is_text) {
      throw ValueError(source + ": expected numbers in column \"" + names[i] +
                       "\", got text; StringLookup makes numbers of it");
    }
    for (std::size_t row = 0; row < column.numbers.size(); ++row) {
      to[row * names.size() + i] = static_cast<float>(column.numbers[row]);
    }
  }
  return out;
}

Tensor Table::numbers() const {
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.name);
  return numbers(names);
}

}  // namespace antler
