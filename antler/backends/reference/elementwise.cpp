#include "antler/backends/reference/elementwise.h"

namespace antler::reference {

Broadcast::Broadcast(const Shape& operand, const Shape& output) {
  const int extra = output.rank() - operand.rank();
  for (int axis = 0; axis < output.rank(); ++axis) {
    sizes_.push_back(output.dim(axis));
    const bool stretched = axis < extra || operand.dim(axis - extra) == 1;
    strides_.push_back(stretched ? 0 : operand.size(axis - extra + 1, operand.rank()));
  }
}

std::int64_t Broadcast::position(std::int64_t output_element) const {
  std::int64_t position = 0;
  for (std::size_t axis = sizes_.size(); axis-- > 0;) {
    position += output_element % sizes_[axis] * strides_[axis];
    output_element /= sizes_[axis];
  }
  return position;
}

}  // namespace antler::reference
