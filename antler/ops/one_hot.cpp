#include "antler/ops/one_hot.h"

#include <string>

#include "antler/core/error.h"
#include "antler/ops/check_index.h"
#include "antler/ops/transpose.h"

namespace antler::ops {

TensorSpec OneHot::infer(std::span<const TensorSpec> inputs) const {
  detail::require_indices(name, inputs[0]);
  if (classes < 1) {
    throw ValueError("one_hot: expected at least 1 class, got " + std::to_string(classes));
  }
  const Shape& shape = inputs[0].shape;
  return {shape.inserted(shape.rank(), classes), dtype};
}

std::vector<Value> OneHot::gradient(const GradientContext&) const { return {Value()}; }

Value one_hot(const Value& x, std::int64_t num_classes, const OneHotOptions& options) {
  const Value y = apply(OneHot{num_classes, options.dtype}, {x});
  return moveaxis(y, -1, options.axis);
}

}  // namespace antler::ops
