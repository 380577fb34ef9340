#pragma once

#include <string>
#include <string_view>

#include "antler/core/config.h"
#include "antler/core/shape.h"

// The argument `noise_shape` of Dropout and its like; rank 0 stands for Python's None.
namespace antler {

/// Errors: ValueError, opened by `title`, for a size of 0.
void check_noise_shape(const std::string& title, const Shape& noise_shape);
/// The sizes of the random numbers for an input. Errors: ShapeError when they do not fit it.
Shape concrete_noise_shape(const Shape& noise_shape, const Shape& input);
/// From a layer's config: null or missing is None.
Shape noise_shape_in(std::string_view class_name, const Config& config);

}  // namespace antler
