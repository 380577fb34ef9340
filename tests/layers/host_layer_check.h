#pragma once

#include <vector>

#include "antler/layers/layer.h"

namespace antler::testing {

/// What holds for any HostLayer: a symbolic call promises a shape that the values have, for sizes
/// known and unknown, and their element type; a layer from its config gives the same values.
/// Returns them.
Tensor check_host_layer(const Layer& layer, const std::vector<Tensor>& inputs);

}  // namespace antler::testing
