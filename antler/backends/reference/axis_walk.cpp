#include "antler/backends/reference/axis_walk.h"

#include <algorithm>

namespace antler::reference {
namespace {

// Appends the positions that an axis of `n` steps of `stride` makes of those there.
void expand(std::vector<std::int64_t>& positions, std::int64_t n, std::int64_t stride) {
  std::vector<std::int64_t> expanded;
  expanded.reserve(positions.size() * static_cast<std::size_t>(n));
  for (const std::int64_t p : positions) {
    for (std::int64_t i = 0; i < n; ++i) expanded.push_back(p + i * stride);
  }
  positions = std::move(expanded);
}

}  // namespace

ReductionPlan::ReductionPlan(const Shape& shape, std::span<const int> axes) : base{0}, offset{0} {
  for (int axis = 0; axis < shape.rank(); ++axis) {
    const bool reduced = std::find(axes.begin(), axes.end(), axis) != axes.end();
    expand(reduced ? offset : base, shape.dim(axis), shape.size(axis + 1, shape.rank()));
  }
}

}  // namespace antler::reference
