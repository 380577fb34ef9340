#pragma once

#include <span>
#include <string>
#include <vector>

#include "antler/core/tensor.h"

namespace antler::cli {

/// A 28x28 picture of bytes as lines of text: half blocks, two pixels a character, or shades of
/// ASCII. The two outer pixels on each side are cut off: digits stand in the middle.
std::vector<std::string> draw_digit(const Tensor& image, bool utf8);

/// One line a class: its number, a bar, and the probability.
std::vector<std::string> draw_bars(std::span<const float> probabilities, bool utf8);

/// The number of columns that a text takes on the screen; its characters are one column wide.
std::size_t text_width(const std::string& text);

}  // namespace antler::cli
