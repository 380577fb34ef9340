#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "antler/backends/kernel.h"
#include "antler/core/dtype.h"
#include "antler/core/shape.h"

namespace antler::reference {

/// Where element i (row-major) of a shape lies in a buffer that is walked with other strides.
class StridedView {
 public:
  StridedView(Shape shape, std::vector<std::int64_t> strides, std::int64_t start = 0)
      : shape_(std::move(shape)), strides_(std::move(strides)), start_(start) {}

  std::int64_t size() const { return shape_.size(); }
  std::int64_t position(std::int64_t element) const {
    std::int64_t position = start_;
    for (int axis = shape_.rank(); axis-- > 0;) {
      position += element % shape_[axis] * strides_[static_cast<std::size_t>(axis)];
      element /= shape_[axis];
    }
    return position;
  }

 private:
  Shape shape_;
  std::vector<std::int64_t> strides_;
  std::int64_t start_;
};

/// The elements between neighbours along an axis.
inline std::int64_t stride(const Shape& shape, int axis) {
  return shape.size(axis + 1, shape.rank());
}

}  // namespace antler::reference
