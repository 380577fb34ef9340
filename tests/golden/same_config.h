#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// A text for each argument of Keras' `config` that `written` holds otherwise: `use_bias: true,
/// Keras wrote false`. Modules do not matter; nothing, null and what is off are the same, as are a
/// type and the policy of its name.
std::vector<std::string> config_differences(const Config& written, const Config& keras);

}  // namespace antler::golden
