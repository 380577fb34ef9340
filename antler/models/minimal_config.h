#pragma once

#include "antler/core/config.h"

namespace antler {

/// The config without entries that are null, at every depth of maps: null stands for a default in
/// the arguments of layers.
Config without_nulls(const Config& config);

/// The config without the entries that equal those of `defaults`; `name` stays.
Config without_defaults(const Config& config, const Config& defaults);

}  // namespace antler
