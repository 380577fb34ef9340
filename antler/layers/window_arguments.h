#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "antler/graph/variable.h"
#include "antler/layers/data_format.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/sizes_arg.h"
#include "antler/ops/arithmetic.h"

// What convolution and pooling layers share: the checks of arguments and of inputs.
namespace antler {

/// "Conv", 2 -> "Conv2D".
inline std::string spatial_class(std::string_view prefix, int rank, std::string_view suffix = "") {
  return std::string(prefix) + std::to_string(rank) + "D" + std::string(suffix);
}

/// Strides, dilation, padding and data format of a convolution, checked and written out, as Keras
/// keeps them. Errors: ValueError.
template <class Options>
Options with_window(std::string_view class_name, Options options, int rank, bool causal = false) {
  return with_error_prefix(layer_title(class_name, options.name) + ": ", [&] {
    options.strides = options.strides.resolve("strides", rank);
    options.dilation_rate = options.dilation_rate.resolve("dilation_rate", rank);
    options.padding = causal
                          ? checked_choice("padding", options.padding, {"valid", "same", "causal"})
                          : checked_choice("padding", options.padding, {"valid", "same"});
    options.data_format = checked_data_format(options.data_format);
    return options;
  });
}

inline bool any_above_one(const SizesArg& sizes) {
  return std::any_of(sizes.get().begin(), sizes.get().end(), [](auto n) { return n > 1; });
}

/// Keras' rule for Conv and its transpose.
template <class Options>
void require_strides_or_dilation(std::string_view class_name, const Options& options) {
  require_argument(class_name, options,
                   !any_above_one(options.strides) || !any_above_one(options.dilation_rate),
                   "expected strides of 1 or a dilation_rate of 1, got strides " +
                       to_config(options.strides).to_string() + " and dilation_rate " +
                       to_config(options.dilation_rate).to_string());
}

/// The shape with channels last. Errors: ShapeError for another rank.
Shape spatial_input(const Shape& input, int rank, std::string_view data_format);
/// The same with a known number of channels, for layers that make weights for them.
Shape channels_input(const Shape& input, int rank, std::string_view data_format);
/// Errors: ShapeError when x, channels last, has others than the layer was built for.
void require_channels(const Value& x, std::int64_t channels);

/// activation(y + bias), with y channels last, back in the layer's data format.
template <class Options>
Value with_bias_and_activation(Value y, const Variable& bias, const Options& options) {
  if (bias) y = y + bias;
  return options.activation(from_channels_last(y, *options.data_format));
}

}  // namespace antler
