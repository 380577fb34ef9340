#pragma once

#include <vector>

#include "antler/layers/call_context.h"

namespace antler {

/// Keras' dropout of a recurrent cell: a matrix like `x` of 0 (with probability `rate`) and
/// 1 / (1 - rate); drawn once for all steps.
Value recurrent_dropout_mask(const Value& x, double rate, std::optional<std::int64_t> seed,
                             CallContext& context);

/// x . kernel, where each of the `parts` of kernel's columns sees another draw of dropped features.
Value product_with_dropout(const Value& x, const Value& kernel, int parts, double rate,
                           std::optional<std::int64_t> seed, CallContext& context);

}  // namespace antler
