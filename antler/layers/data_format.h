#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "antler/graph/value.h"

// Keras' `data_format`: channels_last (batch, spatial ..., channels) or channels_first
// (batch, channels, spatial ...). Layers compute channels last; the other is a transposition.
namespace antler {

/// One of `known`, in lower case. Errors: ValueError with the nearest name.
std::string checked_choice(std::string_view argument, std::string_view value,
                           std::initializer_list<std::string_view> known);

/// "channels_last", also for None, or "channels_first". Errors: ValueError for another.
std::string checked_data_format(const std::optional<std::string>& data_format);

/// Channels last from `data_format`, and back; x itself for channels_last. A shape that is too
/// short to have channels stays as it is: the layer rejects it.
Value to_channels_last(const Value& x, std::string_view data_format);
Value from_channels_last(const Value& x, std::string_view data_format);
Shape to_channels_last(const Shape& shape, std::string_view data_format);

}  // namespace antler
