#include "antler/ops/random_draw.h"

#include <array>
#include <cmath>

#include "antler/core/convert_element.h"
#include "antler/core/dtype.h"

namespace antler::ops {
namespace {

// Numbers that need one word each share a block of four; begin may lie within one.
template <class T, class F>
void draw_words(const RandomStream& stream, std::int64_t begin, std::int64_t end, T* out, F f) {
  std::array<std::uint32_t, 4> words{};
  for (std::int64_t i = begin; i < end; ++i) {
    const auto element = static_cast<std::uint64_t>(i);
    if (i == begin || element % 4 == 0) words = stream.block(element / 4);
    out[i] = f(words[element % 4]);
  }
}

double unit(std::uint32_t word) { return static_cast<double>(word >> 8) * 0x1p-24; }

// Rounding may reach b, which is not to be drawn.
template <class T>
T below_bound(double value, double b) {
  const T rounded = static_cast<T>(value);
  return static_cast<double>(rounded) < b ? rounded : std::nextafter(static_cast<T>(b), -HUGE_VALF);
}

}  // namespace

// The block's counter has 64 bits; elements take the lower 56, so attempts never meet another
// element. 64 misses in a row have a probability of 1e-86.
double truncated_normal(const RandomStream& stream, std::uint64_t element) {
  constexpr std::uint64_t kAttempts = 64;
  for (std::uint64_t attempt = 0; attempt < kAttempts; ++attempt) {
    const double value = stream.normal(element | (attempt << 56));
    if (std::abs(value) <= 2) return value;
  }
  return 0;
}

template <class T>
void draw_random(const Random& op, std::int64_t seed, std::int64_t step, std::int64_t begin,
                 std::int64_t end, T* out) {
  const RandomStream stream(static_cast<std::uint64_t>(seed), op.stream,
                            static_cast<std::uint64_t>(step));
  const double a = op.a;
  const double b = op.b;
  if (op.kind == Random::Kind::bernoulli) {
    draw_words(stream, begin, end, out,
               [a](std::uint32_t w) { return static_cast<T>(unit(w) < a ? 1 : 0); });
    return;
  }
  if constexpr (std::is_floating_point_v<T>) {
    if (op.kind == Random::Kind::uniform) {
      draw_words(stream, begin, end, out,
                 [a, b](std::uint32_t w) { return below_bound<T>(a + (b - a) * unit(w), b); });
      return;
    }
    const bool truncated = op.kind == Random::Kind::truncated_normal;
    for (std::int64_t i = begin; i < end; ++i) {
      const auto element = static_cast<std::uint64_t>(i);
      const double z = truncated ? truncated_normal(stream, element) : stream.normal(element);
      out[i] = static_cast<T>(a + b * z);
    }
  } else {
    const auto count = static_cast<std::uint64_t>(b - a);
    for (std::int64_t i = begin; i < end; ++i) {
      const std::uint64_t drawn = stream.below(static_cast<std::uint64_t>(i), count);
      out[i] = convert_element<T>(static_cast<std::int64_t>(a) + static_cast<std::int64_t>(drawn));
    }
  }
}

template void draw_random(const Random&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          float*);
template void draw_random(const Random&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          double*);
template void draw_random(const Random&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          std::int32_t*);
template void draw_random(const Random&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          std::int64_t*);
template void draw_random(const Random&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          std::uint8_t*);
template void draw_random(const Random&, std::int64_t, std::int64_t, std::int64_t, std::int64_t,
                          bool*);

}  // namespace antler::ops
