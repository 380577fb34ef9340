#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "antler/core/shape.h"

namespace antler::reference {

/// A shape seen from one axis: elements lie at (outer * n + i) * inner + j, i along the axis.
struct AxisView {
  std::int64_t outer, n, inner;
  AxisView(const Shape& shape, int axis)
      : outer(shape.size(0, axis)), n(shape.dim(axis)), inner(shape.size(axis + 1, shape.rank())) {}
  std::int64_t position(std::int64_t o, std::int64_t i, std::int64_t j) const {
    return (o * n + i) * inner + j;
  }
};

/// For a reduction over sorted `axes`: base[o] + offset[r] is the position of the r-th element that
/// goes into output o, in row-major order of the reduced axes.
struct ReductionPlan {
  std::vector<std::int64_t> base;
  std::vector<std::int64_t> offset;
  ReductionPlan(const Shape& shape, std::span<const int> axes);
};

}  // namespace antler::reference
