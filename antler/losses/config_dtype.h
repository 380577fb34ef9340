#pragma once

#include <string_view>

#include "antler/core/config.h"

namespace antler::losses {

/// Checks the "dtype" that Keras writes into the configs of metrics and losses: a name or a
/// DTypePolicy. Ours compute in the type of y_pred, and metrics keep float32.
/// Errors: ValueError, opened by `class_name`, for another type than float32.
void require_float32(std::string_view class_name, const Config& config);

}  // namespace antler::losses
