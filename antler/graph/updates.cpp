#include "antler/graph/updates.h"

#include "antler/core/error.h"

namespace antler {

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
  const auto [entry, is_new] = index_.try_emplace(variable.identity(), assignments_.size());
  if (is_new) {
    assignments_.push_back({variable, value});
  } else {
    assignments_[entry->second].value = value;
  }
}

Value Updates::value(const Variable& variable) const {
  const auto found = index_.find(variable.identity());
  return found == index_.end() ? variable.value() : assignments_[found->second].value;
}

}  // namespace antler
