#include "antler/models/probes.h"

#include "antler/core/config.h"
#include "antler/layers/layer.h"

namespace antler {

bool ends_in_relu(const LayerBase& layer) {
  const Config config = layer.get_config();
  if (layer.class_name() == "ReLU") {
    const Config* slope = config.find("negative_slope");
    return slope == nullptr || slope->as_number() == 0;
  }
  const Config* activation = config.find("activation");
  return activation != nullptr && *activation == Config("relu");
}

}  // namespace antler
