#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace antler {

/// A layered drawing of boxes and arrows: rows along the arrows, boxes side by side in a row. The
/// main axis runs along the arrows, the cross axis over a row.
struct LayoutBox {
  double main = 0;   // its extent along the main axis
  double cross = 0;  // and over it
};
struct LayoutPoint {
  double main = 0;
  double cross = 0;
};
struct DrawingLayout {
  std::vector<LayoutPoint> centers;             // of the boxes
  std::vector<std::vector<LayoutPoint>> bends;  // of each arrow, between its ends
  double main = 0;                              // the size of the whole
  double cross = 0;
};

/// Rows by the longest way from a source; arrows that close a circle run back. Within a row boxes
/// are sorted by the mean place of their neighbours (Sugiyama, Tagawa and Toda, 1981). The result
/// depends on the arguments alone.
DrawingLayout lay_out(const std::vector<LayoutBox>& boxes,
                      const std::vector<std::pair<std::size_t, std::size_t>>& arrows);

}  // namespace antler
