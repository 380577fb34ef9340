// The patches of one image that a convolution multiplies with its kernel, float32.
#pragma once

#include "antler/backends/cpu/kernels/window_geometry.h"

namespace antler::cpu {

/// Channels [first, first + count) of the image.
struct ChannelRange {
  int64_t first = 0;
  int64_t count = 1;
};

/// So many floats after the last row are written too.
inline constexpr int64_t kPatchSlack = 64;

/// A row for each output position in [begin, end): the cells of its window, row-major, each with
/// its channels; 0 in the padding.
void gather_patches(const WindowGeometry& geometry, ChannelRange channels, const float* x,
                    int64_t begin, int64_t end, float* rows) noexcept;
/// Adds such rows back to where they came from.
void scatter_patches(const WindowGeometry& geometry, ChannelRange channels, const float* rows,
                     int64_t begin, int64_t end, float* x) noexcept;
/// y += x.
void add_to(const float* x, int64_t size, float* y) noexcept;

}  // namespace antler::cpu
