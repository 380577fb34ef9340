#pragma once

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/geometry.h"
#include "antler/backends/cpu/kernels/patches.h"

namespace antler::cpu {

/// How the images of a convolution are cut: into units that may run at once, each with scratch of
/// its own, and these into tasks of one matrix product each. All of it follows from the shapes.
struct ConvolutionPlan {
  // A task's patches stay in the L2 cache.
  static constexpr std::int64_t kTaskFloats = 48 * 1024;
  static constexpr std::int64_t kMinRows = 64;
  static constexpr std::int64_t kMaxRows = 1024;
  static constexpr std::int64_t kMaxUnits = 8;

  WindowGeometry g;
  std::int64_t batch = 0, groups = 1;
  std::int64_t channels = 1, filters = 1;  // of a group
  std::int64_t all_channels = 1, all_filters = 1;
  std::int64_t inputs = 1, outputs = 1;  // positions of an image
  std::int64_t depth = 1;                // cells times channels of a group: a patch
  std::int64_t units = 1, unit_images = 1;
  std::int64_t task_images = 1, task_rows = 1;  // images of a task, or, of one image, its positions
  bool pointwise = false;                       // the rows of x are the patches

  ConvolutionPlan(const ops::Window& window, std::int64_t groups_, const Shape& x, const Shape& y)
      : g(window_geometry(window, x, y)),
        batch(x.front()),
        groups(groups_),
        channels(x.back() / groups_),
        filters(y.back() / groups_),
        all_channels(x.back()),
        all_filters(y.back()),
        inputs(g.inputs()),
        outputs(g.outputs()),
        depth(g.cells() * channels) {
    pointwise = g.cells() == 1 && inputs == outputs;
    for (int axis = 0; axis < 3; ++axis) {
      pointwise = pointwise && g.stride[axis] == 1 && g.before[axis] == 0;
    }
    const std::int64_t most =
        std::clamp(kTaskFloats / std::max<std::int64_t>(depth, 1), kMinRows, kMaxRows);
    if (outputs > most) {
      const std::int64_t tasks = (outputs + most - 1) / most;
      task_rows = (outputs + tasks - 1) / tasks;
    } else {
      task_rows = outputs;
      task_images = std::clamp<std::int64_t>(most / std::max<std::int64_t>(outputs, 1), 1,
                                             std::max<std::int64_t>(batch, 1));
    }
    const std::int64_t work = 2 * batch * outputs * depth * all_filters;
    if (work >= kParallelWork) units = std::clamp<std::int64_t>(batch, 1, kMaxUnits);
    unit_images = (batch + units - 1) / units;
    task_images = std::clamp<std::int64_t>(task_images, 1, std::max<std::int64_t>(unit_images, 1));
  }

  std::int64_t rows_of_task() const { return task_images * task_rows; }
  std::int64_t patch_floats() const {
    return pointwise ? 0 : (rows_of_task() * depth + kPatchSlack + 15) / 16 * 16;
  }
  std::int64_t x_step() const { return inputs * all_channels; }
  std::int64_t y_step() const { return outputs * all_filters; }

  /// Calls f(image, images, first position, positions, rows) for each task of a unit, in order.
  template <class F>
  void for_each_task(std::int64_t unit, F&& f) const {
    const std::int64_t end = std::min(batch, (unit + 1) * unit_images);
    for (std::int64_t n = unit * unit_images; n < end; n += task_images) {
      const std::int64_t images = std::min(task_images, end - n);
      for (std::int64_t p = 0; p < outputs; p += task_rows) {
        const std::int64_t rows = std::min(task_rows, outputs - p);
        f(n, images, p, rows, images * rows);
      }
    }
  }
};

}  // namespace antler::cpu
