#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "antler/graph/value.h"

// Elements repeated and moved around, written with reshape, broadcast_to, slice and concatenate.
//
// Types  any, which is kept.
namespace antler::ops {

/// The whole of x, `repeats[a]` times along each axis; shorter lists or ranks are filled with 1 in
/// front.
///
/// Shapes  n_a along axis a -> repeats[a] n_a.
/// Errors  ValueError for a negative count.  Source  keras.ops.tile.
Value tile(const Value& x, const std::vector<std::int64_t>& repeats);
/// Each element `repeats` times along an axis (of the flattened x without one).
///
/// Shapes  n along the axis -> repeats n.
/// Errors  ValueError for a negative count; ShapeError for an axis out of range.
/// Source  keras.ops.repeat.
Value repeat(const Value& x, std::int64_t repeats, std::optional<int> axis = std::nullopt);
/// Element i moved to i + shift along an axis (of the flattened x without one, which then gets its
/// shape back); what leaves at an end enters at the other.
///
/// Shapes  any, which is kept.
/// Errors  ShapeError for an axis out of range.  Source  keras.ops.roll.
Value roll(const Value& x, std::int64_t shift, std::optional<int> axis = std::nullopt);

}  // namespace antler::ops
