#include "antler/data/table.h"

#include <algorithm>

namespace antler {

std::int64_t Column::missing_count() const {
  return std::count(missing.begin(), missing.end(), std::uint8_t{1});
}

std::int64_t Table::index_of(std::string_view name) const {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].name == name) return static_cast<std::int64_t>(i);
  }
  return -1;
}

}  // namespace antler
