#include "antler/layers/noise_shape.h"

#include "antler/core/error.h"
#include "antler/layers/layer_with_options.h"

namespace antler {

void check_noise_shape(const std::string& title, const Shape& noise_shape) {
  for (const std::int64_t size : noise_shape) {
    if (size == 0) {
      throw ValueError(title + ": expected sizes of at least 1 in noise_shape, got " +
                       noise_shape.to_string());
    }
  }
}

Shape concrete_noise_shape(const Shape& noise_shape, const Shape& input) {
  if (noise_shape.rank() == 0) return input;
  bool fits = noise_shape.rank() == input.rank();
  Shape shape = input;
  for (int axis = 0; fits && axis < input.rank(); ++axis) {
    if (noise_shape[axis] != None) shape.set(axis, noise_shape[axis]);
    fits = shape[axis] == 1 || shape[axis] == input[axis];
  }
  if (!fits) {
    throw ShapeError("expected an input that noise_shape " + noise_shape.to_string() +
                     " fits, got " + input.to_string() + "; its sizes are 1, None or the input's");
  }
  return shape;
}

Shape noise_shape_in(std::string_view class_name, const Config& config) {
  const Config* found = config.find("noise_shape");
  if (found == nullptr || found->is_null()) return Shape();
  return required_argument<Shape>(class_name, config, "noise_shape");
}

}  // namespace antler
