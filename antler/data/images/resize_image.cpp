#include "antler/data/images/resize_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "antler/core/error.h"
#include "antler/layers/resize_weights.h"

namespace antler::images {
namespace {

constexpr std::array<std::string_view, 6> kInterpolations = {"bilinear", "nearest",  "bicubic",
                                                             "area",     "lanczos3", "lanczos5"};

// Between which two pixels a point lies, and how far from the first.
struct Between {
  std::int64_t lower, upper;
  float lerp;
};

std::vector<Between> points_between(std::int64_t n, std::int64_t count) {
  std::vector<Between> points(static_cast<std::size_t>(count));
  const float scale = static_cast<float>(n) / static_cast<float>(count);
  for (std::int64_t i = 0; i < count; ++i) {
    const float at = (static_cast<float>(i) + 0.5F) * scale - 0.5F;
    const float floor = std::floor(at);
    points[static_cast<std::size_t>(i)] = {
        std::clamp<std::int64_t>(static_cast<std::int64_t>(floor), 0, n - 1),
        std::clamp<std::int64_t>(static_cast<std::int64_t>(floor) + 1, 0, n - 1), at - floor};
  }
  return points;
}

// Views of the part: pixel (y, x) is at pixels + y * row + x * channels.
struct Part {
  const std::uint8_t* pixels;
  std::int64_t height, width, channels, row;
};

void resize_bilinear(const Part& part, std::int64_t height, std::int64_t width, float* out) {
  const std::vector<Between> columns = points_between(part.width, width);
  for (const Between& y : points_between(part.height, height)) {
    const std::uint8_t* above = part.pixels + y.lower * part.row;
    const std::uint8_t* below = part.pixels + y.upper * part.row;
    for (const Between& x : columns) {
      const std::int64_t left = x.lower * part.channels, right = x.upper * part.channels;
      for (std::int64_t c = 0; c < part.channels; ++c) {
        const auto mix = [&](const std::uint8_t* line) {
          const auto a = static_cast<float>(line[left + c]);
          return a + (static_cast<float>(line[right + c]) - a) * x.lerp;
        };
        const float top = mix(above);
        *out++ = top + (mix(below) - top) * y.lerp;
      }
    }
  }
}

std::vector<std::int64_t> nearest_of(std::int64_t n, std::int64_t count) {
  std::vector<std::int64_t> nearest(static_cast<std::size_t>(count));
  const float scale = static_cast<float>(n) / static_cast<float>(count);
  for (std::int64_t i = 0; i < count; ++i) {
    nearest[static_cast<std::size_t>(i)] = std::min(
        n - 1, static_cast<std::int64_t>(std::floor((static_cast<float>(i) + 0.5F) * scale)));
  }
  return nearest;
}

void resize_nearest(const Part& part, std::int64_t height, std::int64_t width, float* out) {
  const std::vector<std::int64_t> columns = nearest_of(part.width, width);
  for (const std::int64_t y : nearest_of(part.height, height)) {
    for (const std::int64_t x : columns) {
      const std::uint8_t* pixel = part.pixels + y * part.row + x * part.channels;
      for (std::int64_t c = 0; c < part.channels; ++c) *out++ = static_cast<float>(pixel[c]);
    }
  }
}

// The pixels first, first + 1, ... that a point is put together from.
struct Taps {
  std::int64_t first = 0;
  std::vector<float> weights;
};

std::vector<Taps> area_taps(std::int64_t n, std::int64_t count) {
  std::vector<Taps> taps(static_cast<std::size_t>(count));
  const double scale = static_cast<double>(n) / static_cast<double>(count);
  for (std::int64_t i = 0; i < count; ++i) {
    const double begin = static_cast<double>(i) * scale, end = static_cast<double>(i + 1) * scale;
    Taps& point = taps[static_cast<std::size_t>(i)];
    point.first = static_cast<std::int64_t>(begin);
    for (std::int64_t p = point.first; p < n && static_cast<double>(p) < end; ++p) {
      const double covered =
          std::min(end, static_cast<double>(p + 1)) - std::max(begin, static_cast<double>(p));
      point.weights.push_back(static_cast<float>(covered / scale));
    }
  }
  return taps;
}

std::vector<Taps> taps_of(const std::string& interpolation, std::int64_t n, std::int64_t count) {
  if (interpolation == "area") return area_taps(n, count);
  const Tensor weights = resize_weights(interpolation, n, count);
  std::vector<Taps> taps(static_cast<std::size_t>(count));
  for (std::int64_t j = 0; j < count; ++j) {
    const auto weight = [&](std::int64_t i) { return weights.item(i * count + j); };
    std::int64_t first = 0, last = n;
    while (first < last - 1 && weight(first) == 0) ++first;
    while (last > first + 1 && weight(last - 1) == 0) --last;
    Taps& point = taps[static_cast<std::size_t>(j)];
    point.first = first;
    for (std::int64_t i = first; i < last; ++i) {
      point.weights.push_back(static_cast<float>(weight(i)));
    }
  }
  return taps;
}

// First the rows, then each row along itself.
void resize_weighted(const Part& part, const std::vector<Taps>& rows,
                     const std::vector<Taps>& columns, float* out) {
  std::vector<float> line(static_cast<std::size_t>(part.width * part.channels));
  for (const Taps& y : rows) {
    std::fill(line.begin(), line.end(), 0.0F);
    for (std::size_t t = 0; t < y.weights.size(); ++t) {
      const std::uint8_t* from = part.pixels + (y.first + static_cast<std::int64_t>(t)) * part.row;
      for (std::size_t i = 0; i < line.size(); ++i) {
        line[i] += y.weights[t] * static_cast<float>(from[i]);
      }
    }
    for (const Taps& x : columns) {
      for (std::int64_t c = 0; c < part.channels; ++c) {
        float sum = 0;
        for (std::size_t t = 0; t < x.weights.size(); ++t) {
          const std::int64_t at = (x.first + static_cast<std::int64_t>(t)) * part.channels + c;
          sum += x.weights[t] * line[static_cast<std::size_t>(at)];
        }
        *out++ = sum;
      }
    }
  }
}

}  // namespace

Box centered_crop(const Tensor& image, std::int64_t height, std::int64_t width) {
  const std::int64_t rows = image.shape()[0], columns = image.shape()[1];
  const auto part = [](std::int64_t size, std::int64_t other, std::int64_t a, std::int64_t b) {
    const auto wanted =
        static_cast<std::int64_t>(static_cast<double>(other * a) / static_cast<double>(b));
    return std::max<std::int64_t>(1, std::min(size, wanted));
  };
  Box box;
  box.height = part(rows, columns, height, width);
  box.width = part(columns, rows, width, height);
  box.top = (rows - box.height) / 2;
  box.left = (columns - box.width) / 2;
  return box;
}

void check_interpolation(const std::string& function, const std::string& interpolation) {
  if (std::find(kInterpolations.begin(), kInterpolations.end(), interpolation) !=
      kInterpolations.end()) {
    return;
  }
  std::string text = function + ": expected interpolation to be one of";
  for (const std::string_view name : kInterpolations) text += " \"" + std::string(name) + "\"";
  throw ValueError(text + ", got \"" + interpolation + "\"");
}

void resize_image(const Tensor& image, const Box& box, const std::string& interpolation,
                  std::int64_t height, std::int64_t width, float* out) {
  const std::int64_t channels = image.shape()[2];
  const std::int64_t row = image.shape()[1] * channels;
  const Part part = {image.data<std::uint8_t>().data() + box.top * row + box.left * channels,
                     box.height, box.width, channels, row};
  if (interpolation == "bilinear") return resize_bilinear(part, height, width, out);
  if (interpolation == "nearest") return resize_nearest(part, height, width, out);
  resize_weighted(part, taps_of(interpolation, box.height, height),
                  taps_of(interpolation, box.width, width), out);
}

}  // namespace antler::images
