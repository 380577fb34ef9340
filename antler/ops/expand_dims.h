#pragma once

#include <vector>

#include "antler/graph/value.h"
#include "antler/ops/axes.h"

// Axes of size 1 put in and taken out, and all axes made one: reshapes under Keras' names. Any
// number of axes of x may be unknown.
namespace antler::ops {

/// `x` with an axis of size 1 at place `axis` of the result, or one at each of several.
/// Errors: ShapeError.  Source: keras.ops.expand_dims.
Value expand_dims(const Value& x, int axis);
Value expand_dims(const Value& x, const std::vector<int>& axes);
/// `x` without its axes of size 1, or without those given. Errors: ShapeError for one of another
/// size.  Source: keras.ops.squeeze.
Value squeeze(const Value& x);
Value squeeze(const Value& x, const Axes& axis);
/// All elements along one axis.  Source: keras.ops.ravel.
Value ravel(const Value& x);

}  // namespace antler::ops
