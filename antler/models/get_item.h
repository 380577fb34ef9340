#pragma once

#include <span>

#include "antler/core/config.h"
#include "antler/graph/value.h"

namespace antler {

/// x[key] under Python's rules, for the keys that Keras saves with a functional model: integers,
/// slices (`{"class_name": "__slice__", "config": {"start", "stop", "step"}}`), None (null) and
/// Ellipsis.
///
/// Errors   ValueError for another key, a step below 1, a second Ellipsis, more elements than axes;
///          ShapeError for an integer out of range.
/// Source   keras.src.ops.numpy.GetItem.
Value get_item(const Value& x, std::span<const Config> key);

}  // namespace antler
