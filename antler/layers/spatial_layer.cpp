#include "antler/layers/spatial_layer.h"

#include "antler/core/error.h"

namespace antler {

void check_spatial_rank(const Shape& input, int rank) {
  if (input.rank() == rank + 2) return;
  throw ShapeError("expected " + std::to_string(rank + 2) + " dimensions (batch, " +
                   std::to_string(rank) + " spatial and channels), got " + input.to_string());
}

int first_spatial_axis(const std::string& data_format) {
  return data_format == "channels_first" ? 2 : 1;
}

}  // namespace antler
