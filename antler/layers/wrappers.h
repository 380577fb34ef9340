#pragma once

#include <string>
#include <string_view>

#include "antler/layers/layer_registry.h"
#include "antler/layers/layer_with_options.h"

namespace antler {

/// The serialized layer, or list of them, under a wrapper's key. Errors: ValueError without it.
inline const Config& inner_config(std::string_view class_name, const Config& config,
                                  std::string_view key) {
  const Config* inner = config.find(key);
  if (inner != nullptr) return *inner;
  throw ValueError(title_in_config(class_name, config) + ": \"" + std::string(key) +
                   "\": expected a value, got none");
}

/// The layer under a wrapper's key; errors open with the wrapper's name and the key.
inline Layer inner_layer(std::string_view class_name, const Config& config, std::string_view key,
                         const CustomObjects& custom) {
  const Config& inner = inner_config(class_name, config, key);
  return with_error_prefix(title_in_config(class_name, config) + ": \"" + std::string(key) + "\": ",
                           [&] { return layer_from_config(inner, custom); });
}

// Wrappers from their configs: the layers inside them may be a user's.
Layer bidirectional_from_config(const Config& config, const CustomObjects& custom);
Layer time_distributed_from_config(const Config& config, const CustomObjects& custom);
Layer pipeline_from_config(const Config& config, const CustomObjects& custom);
Layer spectral_normalization_from_config(const Config& config, const CustomObjects& custom);
Layer wrapper_from_config(const Config& config, const CustomObjects& custom);
Layer rnn_from_config(const Config& config, const CustomObjects& custom);
Layer stacked_rnn_cells_from_config(const Config& config, const CustomObjects& custom);

}  // namespace antler
