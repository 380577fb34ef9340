#pragma once

#include <string>

#include "antler/graph/value.h"

namespace antler {

/// Errors: ShapeError for an input without `rank` spatial axes, a batch and a channel axis.
void check_spatial_rank(const Shape& input, int rank);

/// The axis of the first of the spatial axes: 1, or 2 for "channels_first".
int first_spatial_axis(const std::string& data_format);

}  // namespace antler
