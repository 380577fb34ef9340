#pragma once

#include "antler/backends/cpu/kernels/window_geometry.h"
#include "antler/ops/window.h"

namespace antler::cpu {

/// The kernels' description of a window over x, (batch, spatial ..., channels), that gives y.
inline WindowGeometry window_geometry(const ops::Window& window, const Shape& x, const Shape& y) {
  WindowGeometry g;
  for (int axis = 0; axis < window.rank(); ++axis) {
    const auto from = static_cast<std::size_t>(axis);
    const int to = 3 - window.rank() + axis;
    g.in[to] = x[axis + 1];
    g.out[to] = y[axis + 1];
    g.size[to] = window.size[from];
    g.stride[to] = window.strides[from];
    g.dilation[to] = window.dilation[from];
    g.before[to] = window.before[from];
  }
  g.channels = x.back();
  return g;
}

}  // namespace antler::cpu
