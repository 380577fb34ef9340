#include "antler/graph/updates.h"

#include <algorithm>
#include <functional>

#include "antler/core/error.h"

namespace antler {
namespace {

using Index = std::vector<std::pair<const void*, std::size_t>>;

// Where the entry of a variable is, or would be inserted.
auto find(auto& index, const Variable& variable) {
  return std::lower_bound(
      index.begin(), index.end(), Index::value_type(variable.identity(), 0),
      [](const auto& a, const auto& b) { return std::less<const void*>()(a.first, b.first); });
}

}  // namespace

void Updates::assign(const Variable& variable, const Value& value) {
  if (value.shape() != variable.shape()) {
    throw ShapeError(variable.path() + ": expected a value of shape " +
                     variable.shape().to_string() + ", got " + value.shape().to_string());
  }
  if (value.dtype() != variable.dtype()) {
    throw TypeError(variable.path() + ": expected a value of type " +
                    std::string(name(variable.dtype())) + ", got " +
                    std::string(name(value.dtype())) + "; convert with ops::cast");
  }
  const auto entry = find(index_, variable);
  if (entry != index_.end() && entry->first == variable.identity()) {
    assignments_[entry->second].value = value;
  } else {
    index_.insert(entry, {variable.identity(), assignments_.size()});
    assignments_.push_back({variable, value});
  }
}

Value Updates::value(const Variable& variable) const {
  const auto found = find(index_, variable);
  const bool is_assigned = found != index_.end() && found->first == variable.identity();
  return is_assigned ? assignments_[found->second].value : variable.value();
}

}  // namespace antler
