#pragma once

#include <vector>

#include "antler/graph/value.h"
#include "antler/ops/axes.h"

// Axes of size 1 put in and taken out, and all axes made one: reshapes under Keras' names. Any
// number of axes of x may be unknown.
//
// Types  any, which is kept.
namespace antler::ops {

/// `x` with an axis of size 1 at place `axis` of the result, or one at each of several.
///
/// Shapes  (a, b), 1 -> (a, 1, b).
/// Errors  ShapeError for an axis out of range or given twice.  Source  keras.ops.expand_dims.
Value expand_dims(const Value& x, int axis);
Value expand_dims(const Value& x, const std::vector<int>& axes);
/// `x` without its axes of size 1, or without those given.
///
/// Shapes  (a, 1, b) -> (a, b).
/// Errors  ShapeError for one of another size, out of range or given twice.
/// Source  keras.ops.squeeze.
Value squeeze(const Value& x);
Value squeeze(const Value& x, const Axes& axis);
/// All elements along one axis, in row-major order.
///
/// Shapes  (a, b) -> (a b,).  Source  keras.ops.ravel.
Value ravel(const Value& x);

}  // namespace antler::ops
