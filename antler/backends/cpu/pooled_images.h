#pragma once

#include <cstdint>

#include "antler/backends/cpu/geometry.h"
#include "antler/backends/cpu/kernels/pooling.h"
#include "antler/graph/tensor_spec.h"

namespace antler::cpu {

/// A convolution's images y: in a tensor, or of these only what a max pool leaves, and the places
/// where it stood. Then whole images lie in scratch memory, some at a time, while they are in the
/// cache.
struct PooledImages {
  bool are_whole = true;  // there is no pool
  WindowGeometry pool;
  std::int64_t step = 0;    // floats of a whole image
  std::int64_t pooled = 0;  // of what the pool leaves

  explicit PooledImages(std::int64_t floats) : step(floats) {}
  PooledImages(const ops::Window& window, const Shape& whole, const Shape& y)
      : are_whole(false),
        pool(window_geometry(window, whole, y)),
        step(whole.size(1, whole.rank())),
        pooled(y.size(1, y.rank())) {}

  /// Of so many images, in whole lines of the cache.
  std::int64_t scratch_floats(std::int64_t images) const {
    return are_whole ? 0 : (images * step + 15) / 16 * 16;
  }

  /// Where images from `image` on are to be written; `finish` then pools them.
  float* begin(float* y, std::int64_t image, float* scratch) const {
    return are_whole ? y + image * step : scratch;
  }
  void finish(std::int64_t image, std::int64_t images, const float* scratch, float* y,
              std::uint8_t* places) const {
    for (std::int64_t i = 0; !are_whole && i < images; ++i) {
      const std::int64_t at = (image + i) * pooled;
      max_pool_places(pool, scratch + i * step, y + at, places + at);
    }
  }

  /// Where images from `image` on stand whole; g and places are of all images.
  const float* read(const float* g, const std::uint8_t* places, std::int64_t image,
                    std::int64_t images, float* scratch) const {
    if (are_whole) return g + image * step;
    for (std::int64_t i = 0; i < images; ++i) {
      const std::int64_t at = (image + i) * pooled;
      max_unpool(pool, g + at, places + at, scratch + i * step);
    }
    return scratch;
  }
};

}  // namespace antler::cpu
