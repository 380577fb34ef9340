#pragma once

#include <cstdint>
#include <vector>

#include "antler/ops/window.h"

namespace antler::reference {

/// Which input position each cell of each output position's window sees, of one image; positions
/// are counted row-major over the spatial axes.
struct WindowCells {
  std::int64_t inputs = 1;   // positions of the input
  std::int64_t outputs = 1;  // positions of the output
  std::int64_t cells = 1;    // of a window
  std::vector<std::int64_t> table;

  /// The input position, or -1 in the padding.
  std::int64_t position(std::int64_t output, std::int64_t cell) const {
    return table[static_cast<std::size_t>(output * cells + cell)];
  }
  WindowCells(const ops::Window& window, const Shape& input, const Shape& output);
};

}  // namespace antler::reference
