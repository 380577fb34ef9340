#include "antler/backends/cpu/winograd_kernels.h"

#include <algorithm>

#include "antler/backends/cpu/kernels/indexed_product.h"
#include "antler/backends/cpu/kernels/patches.h"
#include "antler/backends/cpu/kernels/winograd.h"
#include "antler/backends/cpu/winograd_tiling.h"
#include "antler/core/thread_pool.h"

namespace antler::cpu {
namespace {

constexpr std::int64_t kElements = 16;  // of a tile
constexpr std::int64_t kLeastChannels = 16;

std::int64_t whole_lines(std::int64_t floats) { return (floats + 15) / 16 * 16; }

std::size_t bytes(std::int64_t floats) { return static_cast<std::size_t>(floats) * sizeof(float); }

ImageSize inputs_of(const ConvolutionPlan& p) { return {p.g.in[1], p.g.in[2], p.channels}; }
ImageSize outputs_of(const ConvolutionPlan& p) { return {p.g.out[1], p.g.out[2], p.filters}; }

WinogradTiling forward_tiling(const ConvolutionPlan& p, bool small_portions) {
  return {p.batch,       inputs_of(p), outputs_of(p), p.g.before[1],
          p.g.before[2], p.units,      small_portions};
}

// The gradient in x is a convolution of y's: with the kernel turned by half a turn, and as much
// padding as makes x of it.
WinogradTiling backward_tiling(const ConvolutionPlan& p, bool small_portions) {
  return {p.batch,           outputs_of(p), inputs_of(p),  2 - p.g.before[1],
          2 - p.g.before[2], p.units,       small_portions};
}

std::int64_t patch_floats(const WinogradTiling& t) {
  return whole_lines(kElements * std::max(t.x.channels, t.y.channels));
}

// What is convolved, x to y: the gradients of y to those of x in the backward pass.
struct Sides {
  PooledImages x, y;
  bool is_backward = false;

  const std::uint8_t* places_of_x(const KernelArguments& arguments) const {
    return x.are_whole ? nullptr : arguments.input<std::uint8_t>(2);
  }
  std::uint8_t* places_of_y(const KernelArguments& arguments) const {
    return y.are_whole ? nullptr : arguments.output<std::uint8_t>(1);
  }
};

// Scratch: the kernel's 16 matrices, the same packed, and of each unit the lists of inputs and of
// outputs, a patch, and whole images of the side that is pooled.
KernelPtr convolution(const WinogradTiling& t, const Sides& sides, bool has_bias,
                      Activation activation) {
  const std::int64_t size = t.x.channels * t.y.channels;
  const Runs depth{.length = t.x.channels};
  const std::int64_t packed = whole_lines(packed_floats(depth, t.y.channels));
  const std::int64_t inputs = whole_lines(kElements * t.task * t.x.channels);
  const std::int64_t outputs = whole_lines(kElements * t.task * t.y.channels);
  const std::int64_t lists = inputs + outputs + patch_floats(t);
  const std::int64_t own =
      lists + sides.x.scratch_floats(t.portion) + sides.y.scratch_floats(t.portion);
  const std::size_t scratch_bytes =
      bytes(whole_lines(kElements * size) + kElements * packed + t.units * own);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        auto* weights = reinterpret_cast<float*>(arguments.scratch);
        float* kernels = weights + whole_lines(kElements * size);
        float* units = kernels + kElements * packed;
        winograd_kernel(arguments.input<float>(1), size, sides.is_backward, weights);
        for (std::int64_t k = 0; k < kElements; ++k) {
          // The stored rows are x's channels of the forward pass, the columns its filters.
          pack_columns(depth, weights + k * size, sides.is_backward ? t.x.channels : t.y.channels,
                       sides.is_backward, t.y.channels, kernels + k * packed);
        }
        const GemmEpilogue epilogue{has_bias ? arguments.input<float>(2) : nullptr, activation};
        float* results = arguments.output<float>(0);
        parallel_for(t.units, [&](std::int64_t unit) {
          float* from = units + unit * own;
          float* to = from + inputs;
          float* patch = to + outputs;
          float* images = from + lists;
          t.for_each_portion(unit, [&](std::int64_t image, std::int64_t count) {
            const float* x = sides.x.read(arguments.input<float>(0), sides.places_of_x(arguments),
                                          image, count, images);
            float* y = sides.y.begin(results, image, images);
            t.for_each_task(count, [&](std::int64_t first, std::int64_t tiles) {
              t.read_inputs(first, tiles, x, patch, from);
              for (std::int64_t k = 0; k < kElements; ++k) {
                indexed_product({.rows = tiles,
                                 .columns = t.y.channels,
                                 .a = from + k * t.task * t.x.channels,
                                 .a_rows = {.step = t.x.channels},
                                 .runs = depth,
                                 .b = kernels + k * packed,
                                 .c = to + k * t.task * t.y.channels,
                                 .c_rows = {.step = t.y.channels}});
              }
              t.write_outputs(first, tiles, to, epilogue, patch, y);
            });
            sides.y.finish(image, count, y, results, sides.places_of_y(arguments));
          });
        });
      },
      {.scratch_bytes = scratch_bytes});
}

}  // namespace

bool suits_winograd(const ConvolutionPlan& p) {
  const WindowGeometry& g = p.g;
  bool fits = g.in[0] == 1 && g.out[0] == 1 && g.size[0] == 1 && g.before[0] == 0;
  for (int axis = 1; axis < 3; ++axis) {
    fits = fits && g.size[axis] == 3 && g.stride[axis] == 1 && g.dilation[axis] == 1 &&
           g.before[axis] <= 2 && g.out[axis] >= 2;
  }
  return fits && p.groups == 1 && p.batch > 0 && p.channels >= kLeastChannels &&
         p.filters >= kLeastChannels;
}

KernelPtr winograd_convolution(const ConvolutionPlan& plan, const PooledImages& y, bool has_bias,
                               Activation activation) {
  return convolution(forward_tiling(plan, !y.are_whole), {PooledImages(plan.x_step()), y}, has_bias,
                     activation);
}

KernelPtr winograd_input_gradient(const ConvolutionPlan& plan, const PooledImages& y) {
  return convolution(backward_tiling(plan, !y.are_whole),
                     {y, PooledImages(plan.x_step()), /*is_backward=*/true}, false,
                     Activation::kLinear);
}

// Scratch: of each unit the lists of inputs and of gradients, packed rows of these, a patch, whole
// images of a pooled y, and 16 sums, which are added up in order.
KernelPtr winograd_kernel_gradient(const ConvolutionPlan& plan, const PooledImages& y) {
  const WinogradTiling t = forward_tiling(plan, !y.are_whole);
  const std::int64_t size = t.x.channels * t.y.channels;
  const std::int64_t inputs = whole_lines(kElements * t.task * t.x.channels);
  const std::int64_t gradients = whole_lines(kElements * t.task * t.y.channels);
  const std::int64_t packed = whole_lines(packed_floats({.length = t.task}, t.y.channels));
  const std::int64_t sums = whole_lines(kElements * size);
  const std::int64_t lists = sums + inputs + gradients + packed + patch_floats(t);
  const std::int64_t own = lists + y.scratch_floats(t.portion);
  return make_kernel(
      [=, x_step = plan.x_step()](const KernelArguments& arguments) {
        const std::uint8_t* places = y.are_whole ? nullptr : arguments.input<std::uint8_t>(2);
        auto* units = reinterpret_cast<float*>(arguments.scratch);
        parallel_for(t.units, [&](std::int64_t unit) {
          float* sum = units + unit * own;
          float* from = sum + sums;
          float* g = from + inputs;
          float* rows = g + gradients;
          float* patch = rows + packed;
          std::fill_n(sum, kElements * size, 0.0F);
          t.for_each_portion(unit, [&](std::int64_t image, std::int64_t count) {
            const float* x = arguments.input<float>(0) + image * x_step;
            const float* whole =
                y.read(arguments.input<float>(1), places, image, count, sum + lists);
            t.for_each_task(count, [&](std::int64_t first, std::int64_t tiles) {
              t.read_inputs(first, tiles, x, patch, from);
              t.read_output_gradients(first, tiles, whole, patch, g);
              const Runs depth{.length = tiles};
              for (std::int64_t k = 0; k < kElements; ++k) {
                pack_columns(depth, g + k * t.task * t.y.channels, t.y.channels, false,
                             t.y.channels, rows);
                indexed_product({.rows = t.x.channels,
                                 .columns = t.y.channels,
                                 .a = from + k * t.task * t.x.channels,
                                 .a_rows = {.step = 1},
                                 .runs = depth,
                                 .a_step = t.x.channels,
                                 .b = rows,
                                 .c = sum + k * size,
                                 .c_rows = {.step = t.y.channels},
                                 .accumulate = true});
              }
            });
          });
        });
        for (std::int64_t unit = 1; unit < t.units; ++unit) {
          add_to(units + unit * own, kElements * size, units);
        }
        winograd_kernel_gradient(units, size, arguments.output<float>(0));
      },
      {.scratch_bytes = bytes(t.units * own)});
}

}  // namespace antler::cpu
