#include "antler/backends/cpu/convolution_plan.h"

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/patches.h"

namespace antler::cpu {
namespace {

// What a task reads stays in the L2 cache, and its rows are enough to reuse the kernel.
constexpr std::int64_t kTaskFloats = 48 * 1024;
constexpr std::int64_t kMinRows = 64;
constexpr std::int64_t kMaxRows = 512;
constexpr std::int64_t kMaxUnits = 8;

// The inputs that so many windows in a row see.
std::int64_t reach(const WindowGeometry& g, int axis, std::int64_t windows) {
  return (windows - 1) * g.stride[axis] + (g.size[axis] - 1) * g.dilation[axis] + 1;
}

}  // namespace

ConvolutionPlan::ConvolutionPlan(const ops::Window& window, std::int64_t groups_, const Shape& x,
                                 const Shape& y)
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
  const std::int64_t work = 2 * batch * outputs * depth * all_filters;
  if (work >= kParallelWork) units = std::clamp<std::int64_t>(batch, 1, kMaxUnits);
  unit_images = (batch + units - 1) / units;
  choose_tasks();
  list_offsets();
}

void ConvolutionPlan::choose_tasks() {
  slow = 0;
  while (slow < 2 && g.out[slow] <= 1) ++slow;
  for (int axis = 0; axis < 3; ++axis) {
    is_padded = is_padded || g.before[axis] > 0 || reach(g, axis, g.out[axis]) > g.in[axis];
  }
  const std::int64_t lines = std::max<std::int64_t>(1, g.out[slow]);
  const std::int64_t rows = std::max<std::int64_t>(1, line_rows());
  std::int64_t line_floats = all_channels;  // of one input along `slow`
  for (int axis = 0; axis < 3; ++axis) {
    if (axis != slow) line_floats *= is_padded ? reach(g, axis, g.out[axis]) : g.in[axis];
  }
  const std::int64_t in_cache =
      (kTaskFloats / std::max<std::int64_t>(1, line_floats) - reach(g, slow, 1)) / g.stride[slow] +
      1;
  const std::int64_t least = (kMinRows + rows - 1) / rows;
  const std::int64_t most = std::max<std::int64_t>(1, kMaxRows / rows);
  task_lines = std::clamp(in_cache, std::min(least, most), most);
  if (task_lines < lines) {  // tasks as even as they come
    const std::int64_t tasks = (lines + task_lines - 1) / task_lines;
    task_lines = (lines + tasks - 1) / tasks;
  } else {
    const std::int64_t image_floats = line_floats * reach(g, slow, lines);
    const std::int64_t images = std::min(kMaxRows / std::max<std::int64_t>(1, rows * lines),
                                         kTaskFloats / std::max<std::int64_t>(1, image_floats));
    task_lines = lines;
    task_images = std::clamp<std::int64_t>(images, 1, std::max<std::int64_t>(1, unit_images));
  }
  for (int axis = 0; axis < 3; ++axis) {
    region[axis] = is_padded ? reach(g, axis, axis == slow ? task_lines : g.out[axis]) : g.in[axis];
  }
  place[2] = all_channels;
  place[1] = region[2] * place[2];
  place[0] = region[1] * place[1];
  region_step = region[0] * place[0];
}

void ConvolutionPlan::list_offsets() {
  std::int64_t out[3] = {g.out[0], g.out[1], g.out[2]};
  out[slow] = std::min(task_lines, g.out[slow]);
  for (std::int64_t image = 0; image < task_images; ++image) {
    for (std::int64_t a = 0; a < out[0]; ++a) {
      for (std::int64_t b = 0; b < out[1]; ++b) {
        for (std::int64_t c = 0; c < out[2]; ++c) {
          positions.push_back(image * region_step + a * g.stride[0] * place[0] +
                              b * g.stride[1] * place[1] + c * g.stride[2] * place[2]);
        }
      }
    }
  }
  const bool is_joined = g.dilation[2] == 1 && groups == 1;
  for (std::int64_t a = 0; a < g.size[0]; ++a) {
    for (std::int64_t b = 0; b < g.size[1]; ++b) {
      for (std::int64_t c = 0; c < g.size[2]; ++c) {
        const std::int64_t cell = a * g.dilation[0] * place[0] + b * g.dilation[1] * place[1] +
                                  c * g.dilation[2] * place[2];
        if (c == 0 || !is_joined) runs.push_back(cell);
        for (std::int64_t channel = 0; channel < channels; ++channel) {
          cells.push_back(cell + channel);
        }
      }
    }
  }
}

// Calls f(element of the region, element of x or -1, inputs) for the stretches of each line along
// the last axis: those of -1 are padding.
template <class F>
void ConvolutionPlan::for_each_line(const Task& task, const F& f) const {
  const std::int64_t row = g.in[2] * all_channels;
  std::int64_t first[3], size[3];
  for (int axis = 0; axis < 3; ++axis) {
    first[axis] = -g.before[axis];
    size[axis] = region[axis];
  }
  first[slow] += task.line * g.stride[slow];
  size[slow] = reach(g, slow, task.lines);
  const std::int64_t left = std::clamp<std::int64_t>(-first[2], 0, size[2]);
  const std::int64_t right = std::clamp<std::int64_t>(g.in[2] - first[2], left, size[2]);
  for (std::int64_t image = 0; image < task.images; ++image) {
    for (std::int64_t a = 0; a < size[0]; ++a) {
      for (std::int64_t b = 0; b < size[1]; ++b) {
        const std::int64_t at = image * region_step + a * place[0] + b * place[1];
        const std::int64_t from_a = first[0] + a, from_b = first[1] + b;
        if (from_a < 0 || from_a >= g.in[0] || from_b < 0 || from_b >= g.in[1]) {
          f(at, std::int64_t{-1}, size[2]);
          continue;
        }
        const std::int64_t line =
            (task.image + image) * x_step() + (from_a * g.in[1] + from_b) * row;
        if (left > 0) f(at, std::int64_t{-1}, left);
        if (right > left) {
          f(at + left * place[2], line + (first[2] + left) * all_channels, right - left);
        }
        if (size[2] > right) f(at + right * place[2], std::int64_t{-1}, size[2] - right);
      }
    }
  }
}

void ConvolutionPlan::read_region(const Task& task, const float* x, float* to) const {
  for_each_line(task, [&](std::int64_t at, std::int64_t from, std::int64_t count) {
    if (from < 0) {
      std::fill_n(to + at, count * all_channels, 0.0F);
    } else {
      std::copy_n(x + from, count * all_channels, to + at);
    }
  });
}

void ConvolutionPlan::add_region(const Task& task, const float* from, float* dx) const {
  for_each_line(task, [&](std::int64_t at, std::int64_t to, std::int64_t count) {
    if (to >= 0) add_to(from + at, count * all_channels, dx + to);
  });
}

}  // namespace antler::cpu
