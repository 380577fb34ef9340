#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"
#include "tests/golden/case.h"

namespace antler::golden {

/// A text for each argument of Keras' `config` that `written` holds otherwise:
///
///   use_bias: true, Keras wrote false
///
/// Modules do not matter; nothing, null and what is off are the same, as are a type and the policy
/// of its name, a list and an array, a list of one and its element, the two names of a mean.
std::vector<std::string> config_differences(const Config& written, const Config& keras);

/// The same of serialized objects, each text a failure: `config.use_bias: ...`.
void compare_configs(const Config& written, const Config& keras, Failures& failures);

}  // namespace antler::golden
