#pragma once

#include <string>
#include <vector>

#include "antler/core/config.h"

namespace antler::golden {

/// What is wrong with a case of layers.json; empty: it passed. Compared are the outputs, the
/// gradients of sum(output * cotangent), the penalties and the state after the call.
std::vector<std::string> check_layers(const Config& golden_case);

}  // namespace antler::golden
