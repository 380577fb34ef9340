#pragma once

#include <algorithm>
#include <cstdint>

#include "antler/backends/cpu/kernels/gemm.h"

namespace antler::cpu {

/// The two spatial axes of an image and its channels, which lie side by side.
struct ImageSize {
  std::int64_t lines = 0, positions = 0, channels = 0;

  std::int64_t line() const { return positions * channels; }
  std::int64_t floats() const { return lines * line(); }
};

/// A 3 x 3 convolution of a batch, x to y, cut into tiles of (2, 2) outputs of (4, 4) inputs. A
/// unit is some images, a portion some of a unit's, a task some tiles of a portion in a row, which
/// are counted line by line through its images. All of it follows from the shapes.
struct WinogradTiling {
  std::int64_t batch = 0;
  ImageSize x, y;
  std::int64_t top = 0, left = 0;       // padding before the first line and position
  std::int64_t lines = 0, columns = 0;  // tiles of an image
  std::int64_t units = 1, unit_images = 0;
  std::int64_t portion = 1;  // images
  std::int64_t task = 0;     // tiles

  /// With small portions no more images than a task needs are one, else all of a unit.
  WinogradTiling(std::int64_t batch, const ImageSize& x, const ImageSize& y, std::int64_t top,
                 std::int64_t left, std::int64_t units, bool small_portions);

  /// Calls f(first image, images) for each portion of a unit, in order.
  template <class F>
  void for_each_portion(std::int64_t unit, F&& f) const {
    const std::int64_t end = std::min(batch, (unit + 1) * unit_images);
    for (std::int64_t image = unit * unit_images; image < end; image += portion) {
      f(image, std::min(portion, end - image));
    }
  }

  /// Calls f(first tile, tiles) for each task of a portion of so many images, in order.
  template <class F>
  void for_each_task(std::int64_t images, F&& f) const {
    const std::int64_t end = images * lines * columns;
    for (std::int64_t tile = 0; tile < end; tile += task) f(tile, std::min(task, end - tile));
  }

  // A task's data, from and to a portion's images, to and from the 16 lists of its tiles; `patch`
  // holds 16 positions of the side's channels.

  void read_inputs(std::int64_t first, std::int64_t tiles, const float* from, float* patch,
                   float* lists) const;
  void write_outputs(std::int64_t first, std::int64_t tiles, const float* lists,
                     const GemmEpilogue& epilogue, float* patch, float* to) const;
  void read_output_gradients(std::int64_t first, std::int64_t tiles, const float* from,
                             float* patch, float* lists) const;

 private:
  struct Stretch;
  template <class F>
  void for_each_stretch(std::int64_t first, std::int64_t tiles, const F& f) const;
};

}  // namespace antler::cpu
