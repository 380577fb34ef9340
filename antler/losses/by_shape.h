#pragma once

#include <string_view>

#include "antler/graph/tensor_spec.h"

namespace antler::losses {

/// What kind of labels Keras takes "accuracy" and "crossentropy" to mean: binary when the last axis
/// of y_pred is 1; sparse when y_true has fewer axes, or a last axis of 1; else categorical.
enum class LabelKind { binary, sparse, categorical };
LabelKind label_kind(const TensorSpec& y_true, const TensorSpec& y_pred);

/// "crossentropy" or "ce", in any case.
bool is_crossentropy(std::string_view name);
/// Whether `name` is `lower` but for upper-case letters.
bool equals_ignoring_case(std::string_view name, std::string_view lower);

}  // namespace antler::losses
