#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "antler/graph/value.h"

// Elements repeated and moved around, written with reshape, broadcast_to, slice and concatenate.
namespace antler::ops {

/// The whole of x, `repeats[a]` times along each axis; shorter lists or ranks are filled with 1 in
/// front.  Errors: ValueError for a negative count.  Source: keras.ops.tile.
Value tile(const Value& x, const std::vector<std::int64_t>& repeats);
/// Each element `repeats` times along an axis (of the flattened x without one).
/// Errors: ValueError for a negative count.  Source: keras.ops.repeat.
Value repeat(const Value& x, std::int64_t repeats, std::optional<int> axis = std::nullopt);
/// Element i moved to i + shift along an axis (of the flattened x without one, which then gets its
/// shape back); what leaves at an end enters at the other.  Source: keras.ops.roll.
Value roll(const Value& x, std::int64_t shift, std::optional<int> axis = std::nullopt);

}  // namespace antler::ops
