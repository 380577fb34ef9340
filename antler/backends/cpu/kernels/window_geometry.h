// Windows over the spatial axes of one image, (axis 0, axis 1, axis 2, channels), float32.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// Fewer than three spatial axes: the first ones have size 1.
struct WindowGeometry {
  int64_t in[3] = {1, 1, 1};
  int64_t out[3] = {1, 1, 1};
  int64_t size[3] = {1, 1, 1};
  int64_t stride[3] = {1, 1, 1};
  int64_t dilation[3] = {1, 1, 1};
  int64_t before[3] = {0, 0, 0};
  int64_t channels = 1;

  int64_t inputs() const { return in[0] * in[1] * in[2]; }
  int64_t outputs() const { return out[0] * out[1] * out[2]; }
  int64_t cells() const { return size[0] * size[1] * size[2]; }
};

}  // namespace antler::cpu
