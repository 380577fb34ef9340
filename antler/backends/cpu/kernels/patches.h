// The patches of one image that a convolution multiplies with its kernel, float32.
#pragma once

#include "antler/backends/cpu/kernels/window_geometry.h"

namespace antler::cpu {

/// Channels [first, first + count) of the image.
struct ChannelRange {
  int64_t first = 0;
  int64_t count = 1;
};

/// Adds a row for each output position in [begin, end) to where its window lies: the cells,
/// row-major, each with its channels; those in the padding are dropped.
void scatter_patches(const WindowGeometry& geometry, ChannelRange channels, const float* rows,
                     int64_t begin, int64_t end, float* x) noexcept;
/// y += x.
void add_to(const float* x, int64_t size, float* y) noexcept;

}  // namespace antler::cpu
