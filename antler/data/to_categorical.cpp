#include "antler/data/to_categorical.h"

#include <algorithm>
#include <string>

#include "antler/core/error.h"

namespace antler::utils {

Tensor to_categorical(const Tensor& x, std::optional<std::int64_t> num_classes) {
  const Tensor classes = x.astype(DType::int64);
  const auto labels = classes.data<std::int64_t>();
  std::int64_t width = num_classes.value_or(0);
  if (!num_classes) {
    if (labels.empty()) {
      throw ValueError("to_categorical: expected classes or num_classes, got " +
                       x.shape().to_string() + " and none");
    }
    width = *std::max_element(labels.begin(), labels.end()) + 1;
  }
  if (width < 1) {
    throw ValueError("to_categorical: expected at least 1 class, got " + std::to_string(width));
  }
  Shape shape = x.shape();
  if (shape.rank() > 1 && shape.back() == 1) shape = shape.erased(-1);
  Tensor out(DType::float64, shape.inserted(shape.rank(), width));
  const auto ones = out.mutable_data<double>();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] < 0 || labels[i] >= width) {
      throw ValueError("to_categorical: expected classes in [0, " + std::to_string(width) +
                       "), got " + std::to_string(labels[i]) + " at position " + std::to_string(i));
    }
    ones[i * static_cast<std::size_t>(width) + static_cast<std::size_t>(labels[i])] = 1;
  }
  return out;
}

}  // namespace antler::utils
