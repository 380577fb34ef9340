#pragma once

#include <vector>

#include "antler/graph/value.h"

namespace antler::ops {

/// The means of windows that cover each spatial axis as evenly as they can: window i of m takes the
/// elements from floor(i n / m) to ceil((i + 1) n / m).
///
/// Shapes  x (batch, spatial ..., channels) -> (batch, output_size ..., channels).
/// Types   float32, float64; integers and bools are taken as float32.
/// Errors  ShapeError for a rank that does not fit or an empty axis; ValueError for an output_size
///         below 1.
/// Source  keras.ops.adaptive_average_pool.
Value adaptive_average_pool(const Value& x, const std::vector<std::int64_t>& output_size);
/// Their largest elements; the gradient goes to the first. Shapes and errors as of the means; every
/// type, which it keeps.
/// Source  keras.ops.adaptive_max_pool.
Value adaptive_max_pool(const Value& x, const std::vector<std::int64_t>& output_size);

}  // namespace antler::ops
