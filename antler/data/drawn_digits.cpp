#include "antler/data/drawn_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string>

#include "antler/core/error.h"
#include "antler/core/random.h"
#include "antler/core/thread_pool.h"
#include "antler/data/digit_strokes.h"

namespace antler::datasets {
namespace {

constexpr int kSide = 28;
constexpr int kPixels = kSide * kSide;
constexpr std::uint32_t kStream = 0xFFFFFFFEU;  // no random op of a model has this index
using Image = std::array<float, kPixels>;

// The numbers of one example, taken one after the other.
class Draws {
 public:
  Draws(std::uint64_t seed, std::int64_t example)
      : random_(seed, kStream, static_cast<std::uint64_t>(example)) {}
  float uniform(float low, float high) {
    return low + (high - low) * static_cast<float>(random_.uniform(next_++));
  }
  int below(int bound) {
    return static_cast<int>(
        random_.below(4 * kBelowBlock + 4 * next_++, static_cast<std::uint64_t>(bound)));
  }
  /// Sixteen random bytes for pixels 16 i .. 16 i + 15, apart from all other draws.
  std::array<std::uint32_t, 4> pixel_words(int i) const {
    return random_.block(kPixelBlock + static_cast<std::uint64_t>(i));
  }

 private:
  static constexpr std::uint64_t kBelowBlock = 1 << 20;
  static constexpr std::uint64_t kPixelBlock = 1 << 21;
  RandomStream random_;
  std::uint64_t next_ = 0;
};

// How the unit square of a glyph lands among the pixels.
struct Placement {
  float xx, xy, yx, yy, x0, y0;
  Point operator()(Point p) const {
    const float x = p.x - 0.5F;
    const float y = p.y - 0.5F;
    return {x0 + xx * x + xy * y, y0 + yx * x + yy * y};
  }
};

Placement draw_placement(Draws& draws) {
  const float height = draws.uniform(15.0F, 22.0F);
  const float width = height * draws.uniform(0.55F, 1.05F);
  const float slant = draws.uniform(-0.40F, 0.40F);
  const float turn = draws.uniform(-0.22F, 0.22F);
  const float c = std::cos(turn);
  const float s = std::sin(turn);
  // Slant moves the top (y < 0) sideways, then the whole is turned.
  return {width * c,
          -height * (slant * c + s),
          width * s,
          height * (c - slant * s),
          13.5F + draws.uniform(-2.4F, 2.4F),
          13.5F + draws.uniform(-2.4F, 2.4F)};
}

// Ink along one straight piece: full within `radius` of it, fading over one pixel.
void ink_piece(Point a, Point b, float radius, Image& image) {
  const auto low = [&](float v) {
    return std::max(0, static_cast<int>(std::floor(v - radius - 1)));
  };
  const auto high = [&](float v) {
    return std::min(kSide - 1, static_cast<int>(std::ceil(v + radius + 1)));
  };
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float scale = 1.0F / std::max(dx * dx + dy * dy, 1e-6F);
  for (int row = low(std::min(a.y, b.y)); row <= high(std::max(a.y, b.y)); ++row) {
    const float py = static_cast<float>(row) - a.y;
    for (int column = low(std::min(a.x, b.x)); column <= high(std::max(a.x, b.x)); ++column) {
      const float px = static_cast<float>(column) - a.x;
      const float t = std::clamp((px * dx + py * dy) * scale, 0.0F, 1.0F);
      const float ex = px - t * dx;
      const float ey = py - t * dy;
      const float ink = radius + 0.5F - std::sqrt(ex * ex + ey * ey);
      float& pixel = image[static_cast<std::size_t>(row * kSide + column)];
      pixel = std::max(pixel, std::min(ink, 1.0F));
    }
  }
}

// A Catmull-Rom curve through the points; a point given twice makes its tangents vanish: a corner.
Point curve(Point p0, Point p1, Point p2, Point p3, float t) {
  const auto along = [t](float a, float b, float c, float d) {
    return b + 0.5F * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  };
  return {along(p0.x, p1.x, p2.x, p3.x), along(p0.y, p1.y, p2.y, p3.y)};
}

void ink_stroke(std::span<const Point> points, float radius, Image& image) {
  constexpr int kPieces = 5;
  const auto at = [&](std::size_t i, int step) {
    const auto last = static_cast<std::ptrdiff_t>(points.size()) - 1;
    return points[static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(i) + step, 0, last))];
  };
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    Point from = points[i];
    if (from.x == points[i + 1].x && from.y == points[i + 1].y) continue;
    for (int piece = 1; piece <= kPieces; ++piece) {
      const Point to = curve(at(i, -1), at(i, 0), at(i, 1), at(i, 2),
                             static_cast<float>(piece) / static_cast<float>(kPieces));
      ink_piece(from, to, radius, image);
      from = to;
    }
  }
}

// A pen never hits the same place twice: each point moves a little, a corner's two points together.
void draw_stroke(Stroke stroke, const Placement& place, float wobble, float radius, Draws& draws,
                 Image& image) {
  constexpr std::size_t kMaxPoints = 16;
  std::array<Point, kMaxPoints> points = {};
  for (std::size_t i = 0; i < stroke.size(); ++i) {
    const bool corner = i > 0 && stroke[i].x == stroke[i - 1].x && stroke[i].y == stroke[i - 1].y;
    points[i] = corner ? points[i - 1]
                       : place({stroke[i].x + draws.uniform(-wobble, wobble),
                                stroke[i].y + draws.uniform(-wobble, wobble)});
  }
  ink_stroke(std::span(points).first(stroke.size()), radius, image);
}

// The sum of two bytes spreads like a tent: cheap, and close enough to a bell.
void develop(const Image& image, float ink, float noise, const Draws& draws, std::uint8_t* pixels) {
  for (int i = 0; i < kPixels; i += 8) {
    const std::array<std::uint32_t, 4> words = draws.pixel_words(i / 8);
    for (int k = 0; k < 8; ++k) {
      const std::uint32_t bits = words[static_cast<std::size_t>(k / 2)] >> (16 * (k % 2));
      const float tent = static_cast<float>((bits & 255U) + (bits >> 8 & 255U)) - 255.0F;
      const float value = ink * image[static_cast<std::size_t>(i + k)] + noise * tent;
      pixels[i + k] = static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F) + 0.5F);
    }
  }
}

std::int64_t draw_example(std::uint64_t seed, std::int64_t example, std::uint8_t* pixels) {
  Draws draws(seed, example);
  const int digit = draws.below(10);
  const std::span<const Glyph> glyphs = glyphs_of(digit);
  const Glyph glyph =
      glyphs[static_cast<std::size_t>(draws.below(static_cast<int>(glyphs.size())))];
  const Placement place = draw_placement(draws);
  const float radius = draws.uniform(0.6F, 1.7F);
  const float wobble = draws.uniform(0.02F, 0.07F);
  Image image = {};
  for (const Stroke stroke : glyph) draw_stroke(stroke, place, wobble, radius, draws, image);
  const float ink = draws.uniform(150.0F, 255.0F);
  const float noise = draws.uniform(0.0F, 0.25F);
  develop(image, ink, noise, draws, pixels);
  return digit;
}

}  // namespace

Examples drawn_digits(std::int64_t n, std::uint64_t seed) {
  if (n < 1) {
    throw ValueError("drawn_digits: expected at least 1 example, got " + std::to_string(n));
  }
  Examples out = {Tensor::uninitialized(DType::uint8, {n, kSide, kSide}),
                  Tensor::uninitialized(DType::int64, {n})};
  std::uint8_t* pixels = out.x.mutable_data<std::uint8_t>().data();
  std::int64_t* labels = out.y.mutable_data<std::int64_t>().data();
  constexpr std::int64_t kBlock = 64;
  parallel_for((n + kBlock - 1) / kBlock, [&](std::int64_t block) {
    for (std::int64_t i = block * kBlock; i < std::min(n, (block + 1) * kBlock); ++i) {
      labels[i] = draw_example(seed, i, pixels + i * kPixels);
    }
  });
  return out;
}

}  // namespace antler::datasets
