#include "antler/backends/reference/window_cells.h"

namespace antler::reference {

WindowCells::WindowCells(const ops::Window& window, const Shape& input, const Shape& output)
    : inputs(input.size(1, input.rank() - 1)),
      outputs(output.size(1, output.rank() - 1)),
      cells(window.cells()) {
  for (std::int64_t o = 0; o < outputs; ++o) {
    for (std::int64_t c = 0; c < cells; ++c) {
      std::int64_t position = 0, step = 1, place = o, cell = c;
      for (int axis = window.rank(); axis-- > 0;) {
        const auto a = static_cast<std::size_t>(axis);
        const std::int64_t at = place % output[axis + 1] * window.strides[a] +
                                cell % window.size[a] * window.dilation[a] - window.before[a];
        const bool inside = at >= 0 && at < input[axis + 1];
        position = inside && position >= 0 ? position + at * step : -1;
        step *= input[axis + 1];
        place /= output[axis + 1];
        cell /= window.size[a];
      }
      table.push_back(position);
    }
  }
}

}  // namespace antler::reference
