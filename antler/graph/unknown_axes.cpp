#include "antler/graph/unknown_axes.h"

namespace antler::detail {

std::vector<TensorSpec> fill_unknown(std::span<const TensorSpec> specs, std::int64_t size) {
  std::vector<TensorSpec> filled(specs.begin(), specs.end());
  for (TensorSpec& spec : filled) {
    for (int axis = 0; axis < spec.shape.rank(); ++axis) {
      if (spec.shape.dim(axis) == None) spec.shape.set(axis, size);
    }
  }
  return filled;
}

std::vector<TensorSpec> merge_fills(const std::vector<TensorSpec>& first,
                                    const std::vector<TensorSpec>& second) {
  std::vector<TensorSpec> merged = first;
  for (std::size_t i = 0; i < merged.size(); ++i) {
    if (first[i].shape.rank() != second[i].shape.rank()) {
      throw ShapeError("expected a rank that does not depend on the batch, got " +
                       first[i].shape.to_string() + " and " + second[i].shape.to_string());
    }
    for (int axis = 0; axis < merged[i].shape.rank(); ++axis) {
      if (first[i].shape.dim(axis) != second[i].shape.dim(axis)) merged[i].shape.set(axis, None);
    }
  }
  return merged;
}

std::string fill_note(std::int64_t size) {
  return " (with None taken as " + std::to_string(size) + ")";
}

}  // namespace antler::detail
