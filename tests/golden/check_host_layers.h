#pragma once

#include <vector>

#include "antler/core/config.h"
#include "antler/layers/layer.h"
#include "tests/golden/case.h"

namespace antler::golden {

/// Checks the case of a layer that runs on the host, and so has no gradients: what adapt() learned,
/// when the case has data for it, and the outputs, which may be strings.
void check_host_layer(const Config& golden_case, const Layer& layer,
                      const std::vector<Tensor>& inputs, Failures& failures);

}  // namespace antler::golden
