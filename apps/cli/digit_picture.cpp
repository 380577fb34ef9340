#include "apps/cli/digit_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace antler::cli {
namespace {

constexpr int kFirst = 2, kLast = 26, kWidth = 28;
constexpr int kBarWidth = 8;
constexpr int kInk = 96;

std::string_view half_block(int upper, int lower) {
  if (upper >= kInk) return lower >= kInk ? "\u2588" : "\u2580";
  return lower >= kInk ? "\u2584" : " ";
}

char shade(int upper, int lower) {
  constexpr std::string_view kShades = " .:-=+*#%@";
  return kShades[static_cast<std::size_t>((upper + lower) * 9 / 510)];
}

std::string bar(double share, bool utf8) {
  constexpr std::array<std::string_view, 8> kEighths = {"",       "\u258F", "\u258E", "\u258D",
                                                        "\u258C", "\u258B", "\u258A", "\u2589"};
  const int eighths = static_cast<int>(std::lround(share * kBarWidth * 8));
  std::string text;
  for (int i = 0; i < eighths / 8; ++i) text += utf8 ? "\u2588" : "#";
  if (utf8) text += kEighths[static_cast<std::size_t>(eighths % 8)];
  text.append(kBarWidth - text_width(text), ' ');
  return text;
}

}  // namespace

std::vector<std::string> draw_digit(const Tensor& image, bool utf8) {
  const std::span<const std::uint8_t> pixels = image.data<std::uint8_t>();
  const auto pixel = [&](int row, int column) {
    return static_cast<int>(pixels[static_cast<std::size_t>(row * kWidth + column)]);
  };
  std::vector<std::string> lines;
  for (int row = kFirst; row < kLast; row += 2) {
    std::string line;
    for (int column = kFirst; column < kLast; ++column) {
      const int upper = pixel(row, column), lower = pixel(row + 1, column);
      if (utf8) {
        line += half_block(upper, lower);
      } else {
        line += shade(upper, lower);
      }
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> draw_bars(std::span<const float> probabilities, bool utf8) {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    const double p = probabilities[i];
    lines.push_back(fmt::format("{} {}{:.2f}", i, bar(p, utf8), p));
  }
  return lines;
}

std::size_t text_width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

}  // namespace antler::cli
