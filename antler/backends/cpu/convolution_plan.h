#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "antler/backends/cpu/geometry.h"
#include "antler/backends/cpu/kernels/indexed_product.h"

namespace antler::cpu {

/// How the images of a convolution are cut: into units that may run at once, and these into tasks
/// of one matrix product each: some images, or some lines of one. All of it follows from the
/// shapes.
///
/// A task reads its region of the images in place, or, where windows reach into the padding, a copy
/// of it with the padding around. Positions and cells are then offsets that add up: the products
/// take them as they are, and no window is ever copied.
struct ConvolutionPlan {
  WindowGeometry g;
  std::int64_t batch = 0, groups = 1;
  std::int64_t channels = 1, filters = 1;  // of a group
  std::int64_t all_channels = 1, all_filters = 1;
  std::int64_t inputs = 1, outputs = 1;  // positions of an image
  std::int64_t depth = 1;                // cells times channels of a group: a window
  std::int64_t units = 1, unit_images = 1;

  int slow = 2;                                  // the axis along which an image is cut
  std::int64_t task_images = 1, task_lines = 1;  // lines are outputs along `slow`
  bool is_padded = false;                        // whether regions are copies
  std::int64_t region[3] = {1, 1, 1};            // the inputs that a task's windows see, an image
  std::int64_t place[3] = {0, 0, 0};             // elements from one input of it to the next
  std::int64_t region_step = 0;                  // elements from one image of it to the next

  std::vector<std::int64_t> positions;  // of a task: the first element of each window
  std::vector<std::int64_t> cells;  // of the window: its elements from there, in the kernel's order
  std::vector<std::int64_t> runs;   // the same where neighbours in the region are one run

  ConvolutionPlan(const ops::Window& window, std::int64_t groups, const Shape& x, const Shape& y);

  std::int64_t line_rows() const { return outputs / std::max<std::int64_t>(1, g.out[slow]); }
  std::int64_t rows_of_task() const { return task_images * task_lines * line_rows(); }
  std::int64_t run_length() const { return depth / static_cast<std::int64_t>(runs.size()); }
  std::int64_t x_step() const { return inputs * all_channels; }
  std::int64_t y_step() const { return outputs * all_filters; }
  /// Of the copies that one unit needs.
  std::int64_t region_floats() const { return is_padded ? task_images * region_step : 0; }

  struct Task {
    std::int64_t image, images;
    std::int64_t line, lines;
    std::int64_t first_row, rows;  // of (positions, filters), counted from the task's first image
  };
  /// Calls f(first image, images) for those of a unit that a task reads, or lines of it, in order.
  template <class F>
  void for_each_portion(std::int64_t unit, F&& f) const {
    if (outputs == 0) return;
    const std::int64_t end = std::min(batch, (unit + 1) * unit_images);
    for (std::int64_t n = unit * unit_images; n < end; n += task_images) {
      f(n, std::min(task_images, end - n));
    }
  }
  /// Calls f(task) for each task of such images, in order.
  template <class F>
  void for_each_task(std::int64_t image, std::int64_t images, F&& f) const {
    for (std::int64_t line = 0; line < g.out[slow]; line += task_lines) {
      const std::int64_t lines = std::min(task_lines, g.out[slow] - line);
      f(Task{image, images, line, lines, line * line_rows(), images * lines * line_rows()});
    }
  }

  /// Where a task's region begins in x, when it is not padded.
  std::int64_t start(const Task& task) const {
    return task.image * x_step() + task.line * g.stride[slow] * place[slow];
  }
  /// Copies a task's region with the padding around it.
  void read_region(const Task& task, const float* x, float* to) const;
  /// Adds a task's region back to dx, without the padding.
  void add_region(const Task& task, const float* from, float* dx) const;

 private:
  void choose_tasks();
  void list_offsets();
  template <class F>
  void for_each_line(const Task& task, const F& f) const;
};

}  // namespace antler::cpu
