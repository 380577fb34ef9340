#pragma once

#include <utility>

#include "antler/graph/value.h"
#include "antler/losses/reduction.h"

// What losses and metrics do with labels, weights and masks, as keras.losses.loss does it.
namespace antler::losses {

/// Both of one rank when their ranks differ by one and the last axis of the larger is 1: a vector
/// gets a last axis, or the larger loses it. Otherwise as they are.
std::pair<Value, Value> squeeze_or_expand_to_same_rank(const Value& a, const Value& b);

/// a / b, and 0 where b is 0.
Value divide_no_nan(const Value& a, const Value& b);

/// `sample_weight` times the mask as numbers of `dtype`, which for means are scaled by all / valid,
/// so that the mean is one over valid elements. Either may be empty; both empty: empty.
Value apply_mask(const Value& sample_weight, const Value& mask, DType dtype, Reduction reduction);

/// Per-sample losses, weighted and masked, made one number. `sample_weight` and `mask` may be
/// empty. Errors: ShapeError for weights that do not broadcast to the values.
Value reduce_weighted(const Value& values, const Value& sample_weight, const Value& mask,
                      Reduction reduction);

}  // namespace antler::losses
