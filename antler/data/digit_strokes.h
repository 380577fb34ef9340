#pragma once

#include <span>

namespace antler::datasets {

/// A point in the unit square, y downward.
struct Point {
  float x, y;
};

/// One pull of the pen: a smooth curve through the points; a point given twice is a corner.
using Stroke = std::span<const Point>;

/// One way to write a digit.
using Glyph = std::span<const Stroke>;

/// The ways to write `digit` (0 to 9).
std::span<const Glyph> glyphs_of(int digit);

}  // namespace antler::datasets
