#include "antler/losses/by_shape.h"

#include <cctype>

namespace antler::losses {

LabelKind label_kind(const TensorSpec& y_true, const TensorSpec& y_pred) {
  const auto last = [](const Shape& shape) { return shape.rank() > 0 ? shape.back() : None; };
  if (last(y_pred.shape) == 1) return LabelKind::binary;
  const bool is_sparse = y_true.shape.rank() < y_pred.shape.rank() || last(y_true.shape) == 1;
  return is_sparse ? LabelKind::sparse : LabelKind::categorical;
}

bool is_crossentropy(std::string_view name) {
  return equals_ignoring_case(name, "crossentropy") || equals_ignoring_case(name, "ce");
}

bool equals_ignoring_case(std::string_view name, std::string_view lower) {
  if (name.size() != lower.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (std::tolower(static_cast<unsigned char>(name[i])) != lower[i]) return false;
  }
  return true;
}

}  // namespace antler::losses
