#include "antler/backends/cpu/image_kernels.h"

#include <algorithm>
#include <string>

#include "antler/backends/cpu/blocks.h"

namespace antler::cpu {
namespace {

constexpr float kFarthest = 1 << 24;  // as in the body
constexpr std::int64_t kPixelWork = 40;

enum class Fill { kConstant, kNearest, kReflect, kWrap };

struct Geometry {
  std::int64_t height, width, channels;
  Fill fill;
  float fill_value;
};

// A place along one axis: the row before it, and how far behind that it lies. In order of the
// comparisons, a NaN is as far out as can be.
struct Place {
  std::int32_t index;
  float part;
};
Place place_of(float at) {
  at = at > -kFarthest ? std::min(at, kFarthest) : -kFarthest;
  auto index = static_cast<std::int32_t>(at);
  index -= static_cast<float>(index) > at ? 1 : 0;
  return {index, at - static_cast<float>(index)};
}

std::int64_t inside(std::int64_t index, std::int64_t n, Fill fill) {
  if (index >= 0 && index < n) return index;
  if (fill == Fill::kWrap) return (index % n + n) % n;
  if (fill == Fill::kReflect) {
    const std::int64_t at = (index % (2 * n) + 2 * n) % (2 * n);
    return std::min(at, 2 * n - 1 - at);
  }
  return std::clamp<std::int64_t>(index, 0, n - 1);
}

// The pixel at (row, column), or what is to stand for it; `filled` is a pixel of fill values.
const float* pixel(const Geometry& g, const float* image, const float* filled, std::int64_t row,
                   std::int64_t column) {
  if (g.fill == Fill::kConstant &&
      (row < 0 || row >= g.height || column < 0 || column >= g.width)) {
    return filled;
  }
  return image +
         (inside(row, g.height, g.fill) * g.width + inside(column, g.width, g.fill)) * g.channels;
}

// kChannels: their number where it is common, else 0.
template <int kChannels>
void bilinear_pixel(const Geometry& g, const float* image, const float* filled, Place y, Place x,
                    float* out) {
  const std::int64_t channels = kChannels > 0 ? kChannels : g.channels;
  const float *top, *top_next, *bottom, *bottom_next;
  if (y.index >= 0 && y.index + 1 < g.height && x.index >= 0 && x.index + 1 < g.width) {
    top = image + (y.index * g.width + x.index) * channels;
    top_next = top + channels;
    bottom = top + g.width * channels;
    bottom_next = bottom + channels;
  } else {
    top = pixel(g, image, filled, y.index, x.index);
    top_next = pixel(g, image, filled, y.index, x.index + 1);
    bottom = pixel(g, image, filled, y.index + 1, x.index);
    bottom_next = pixel(g, image, filled, y.index + 1, x.index + 1);
  }
  const float above = 1 - y.part, before = 1 - x.part;
  const float w0 = above * before, w1 = above * x.part, w2 = y.part * before, w3 = y.part * x.part;
  for (std::int64_t c = 0; c < channels; ++c) {
    out[c] = w0 * top[c] + w1 * top_next[c] + w2 * bottom[c] + w3 * bottom_next[c];
  }
}

// Halves go away from zero.
std::int64_t nearest(float at) {
  const Place place = place_of(at);
  const bool up = at > 0 ? place.part >= 0.5F : place.part > 0.5F;
  return place.index + (up ? 1 : 0);
}

template <int kChannels>
void nearest_pixel(const Geometry& g, const float* image, const float* filled, float y, float x,
                   float* out) {
  const float* from = pixel(g, image, filled, nearest(y), nearest(x));
  std::copy_n(from, kChannels > 0 ? kChannels : g.channels, out);
}

// The rows [begin, end) of all images, counted through; t: a transform an image.
template <int kChannels, bool kBilinear>
void transform_rows(const Geometry& g, const float* images, const float* transforms,
                    const float* filled, float* out, std::int64_t begin, std::int64_t end) {
  for (std::int64_t line = begin; line < end; ++line) {
    const float* t = transforms + line / g.height * 6;
    const float* image = images + line / g.height * (g.height * g.width * g.channels);
    const auto row = static_cast<float>(line % g.height);
    const float row_x = row * t[1], row_y = row * t[4];
    float* to = out + line * (g.width * g.channels);
    for (std::int64_t column = 0; column < g.width; ++column, to += g.channels) {
      const float x = row_x + static_cast<float>(column) * t[0] + t[2];
      const float y = row_y + static_cast<float>(column) * t[3] + t[5];
      if constexpr (kBilinear) {
        bilinear_pixel<kChannels>(g, image, filled, place_of(y), place_of(x), to);
      } else {
        nearest_pixel<kChannels>(g, image, filled, y, x, to);
      }
    }
  }
}

using Transform = void (*)(const Geometry& g, const float* images, const float* transforms,
                           const float* filled, float* out, std::int64_t begin, std::int64_t end);

template <bool kBilinear>
Transform transform_for(std::int64_t channels) {
  if (channels == 1) return transform_rows<1, kBilinear>;
  if (channels == 3) return transform_rows<3, kBilinear>;
  return transform_rows<0, kBilinear>;
}

Fill fill_of(const std::string& mode) {
  if (mode == "nearest") return Fill::kNearest;
  if (mode == "reflect") return Fill::kReflect;
  return mode == "wrap" ? Fill::kWrap : Fill::kConstant;
}

}  // namespace

KernelPtr image_kernel(const ops::Composite& composite, const KernelSpecs& specs) {
  if (composite.kernel != "affine_transform") return nullptr;
  const Shape& shape = specs.inputs[0].shape;
  if (specs.inputs[0].dtype != DType::float32 || shape.size() == 0) return nullptr;
  const Config& attributes = composite.attributes;
  const Geometry geometry{shape[1], shape[2], shape[3],
                          fill_of(attributes.at("fill_mode").as_string()),
                          static_cast<float>(attributes.at("fill_value").as_number())};
  const Transform transform = attributes.at("interpolation").as_string() == "bilinear"
                                  ? transform_for<true>(shape[3])
                                  : transform_for<false>(shape[3]);
  const std::int64_t lines = shape[0] * shape[1];
  const std::int64_t line_work = shape[2] * (kPixelWork + 4 * shape[3]);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        auto* filled = reinterpret_cast<float*>(arguments.scratch);
        std::fill_n(filled, geometry.channels, geometry.fill_value);
        for_blocks(lines, 16, line_work, [&](std::int64_t begin, std::int64_t end) {
          transform(geometry, arguments.input<float>(0), arguments.input<float>(1), filled,
                    arguments.output<float>(0), begin, end);
        });
      },
      {.scratch_bytes = static_cast<std::size_t>(shape[3]) * sizeof(float)});
}

}  // namespace antler::cpu
