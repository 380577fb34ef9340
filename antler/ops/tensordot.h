#pragma once

#include <vector>

#include "antler/graph/value.h"

// Products over chosen axes, written with transpose, reshape and matmul.
//
// Types  any; operands are brought to one type. Where products are added up, bool counts as int32.
namespace antler::ops {

/// The sum of products over pairs of axes: the last `axes` of a with the first of b, or a's
/// `a_axes` with b's `b_axes`, in order.
///
/// Shapes  the axes that are left, a's, then b's.
/// Errors  ShapeError for axes out of range, more than there are, or pairs of unequal sizes.
/// Source  keras.ops.tensordot.
Value tensordot(const Value& a, const Value& b, int axes = 2);
Value tensordot(const Value& a, const Value& b, const std::vector<int>& a_axes,
                const std::vector<int>& b_axes);
/// The product over a's last and b's last but one axis (b's only one if it is a vector); a scalar
/// multiplies.  Errors  as tensordot.  Source  keras.ops.dot.
Value dot(const Value& a, const Value& b);
/// All products of an element of a with one of b.
///
/// Shapes  any two -> (a.size, b.size).  Source  keras.ops.outer.
Value outer(const Value& a, const Value& b);

}  // namespace antler::ops
