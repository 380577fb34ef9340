#pragma once

#include <string>
#include <vector>

#include "antler/layers/layer.h"

namespace antler {

/// Keras' names of the layers of one model in a weights file: the snake case of the class, from the
/// second on with a number; names of the layers do not matter.
std::vector<std::string> weight_group_names(const std::vector<Layer>& layers);

}  // namespace antler
