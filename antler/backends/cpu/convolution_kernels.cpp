#include "antler/backends/cpu/convolution_kernels.h"

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/convolution_plan.h"
#include "antler/backends/cpu/depthwise_kernels.h"
#include "antler/backends/cpu/kernels/patches.h"
#include "antler/backends/cpu/pooled_images.h"
#include "antler/backends/cpu/winograd_kernels.h"
#include "antler/backends/fused_ops.h"
#include "antler/ops/convolution.h"

namespace antler::cpu {
namespace {

using Task = ConvolutionPlan::Task;

constexpr std::int64_t kFewChannels = 8;
// Below so many rows, copying a matrix costs more than the products with it gain.
constexpr std::int64_t kFewRows = 24;

std::int64_t whole_lines(std::int64_t floats) { return (floats + 15) / 16 * 16; }

std::size_t bytes(std::int64_t floats) { return static_cast<std::size_t>(floats) * sizeof(float); }

template <class F>
void for_each_unit(const ConvolutionPlan& plan, F&& f) {
  if (plan.units == 1) {
    f(std::int64_t{0});
  } else {
    parallel_for(plan.units, f);
  }
}

/// A task's region: in x, or a copy of it in `scratch`.
const float* region_of(const ConvolutionPlan& plan, const Task& task, const float* x,
                       float* scratch) {
  if (!plan.is_padded) return x + plan.start(task);
  plan.read_region(task, x, scratch);
  return scratch;
}

// y = windows . kernel. Scratch: the packed kernel of each group, then a region and whole images of
// a pooled y a unit.
KernelPtr forward(ConvolutionPlan plan, const PooledImages& y, bool has_bias,
                  Activation activation) {
  const Runs all{nullptr, static_cast<std::int64_t>(plan.runs.size()), plan.run_length()};
  const std::int64_t packed = whole_lines(packed_floats(all, plan.filters));
  const std::int64_t region = whole_lines(plan.region_floats());
  const std::int64_t own = region + y.scratch_floats(plan.task_images);
  const std::size_t scratch_bytes = bytes(plan.groups * packed + plan.units * own);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        float* results = arguments.output<float>(0);
        auto* places = y.are_whole ? nullptr : arguments.output<std::uint8_t>(1);
        const Runs runs{p.runs.data(), all.count, all.length};
        const float* kernel = arguments.input<float>(1);
        const float* bias = has_bias ? arguments.input<float>(2) : nullptr;
        auto* kernels = reinterpret_cast<float*>(arguments.scratch);
        float* regions = kernels + p.groups * packed;
        for (std::int64_t group = 0; group < p.groups; ++group) {
          pack_columns(runs, kernel + group * p.filters, p.all_filters, false, p.filters,
                       kernels + group * packed);
        }
        for_each_unit(p, [&](std::int64_t unit) {
          float* copy = regions + unit * own;
          p.for_each_portion(unit, [&](std::int64_t image, std::int64_t images) {
            float* to = y.begin(results, image, copy + region);
            p.for_each_task(image, images, [&](const Task& task) {
              const float* x = region_of(p, task, arguments.input<float>(0), copy);
              for (std::int64_t group = 0; group < p.groups; ++group) {
                const std::int64_t f = group * p.filters;
                indexed_product({.rows = task.rows,
                                 .columns = p.filters,
                                 .a = x + group * p.channels,
                                 .a_rows = {.at = p.positions.data()},
                                 .runs = runs,
                                 .b = kernels + group * packed,
                                 .c = to + task.first_row * p.all_filters + f,
                                 .c_rows = {.step = p.all_filters},
                                 .epilogue = {bias == nullptr ? nullptr : bias + f, activation}});
              }
            });
            y.finish(image, images, to, results, places);
          });
        });
      },
      {.scratch_bytes = scratch_bytes});
}

// For each cell, rows g . its kernel^T, added where the windows have it. Scratch: the packed kernel
// of each group and cell, then a region and whole images of a pooled y a unit.
KernelPtr input_gradient(ConvolutionPlan plan, const PooledImages& y) {
  const Runs filters{.length = plan.filters};
  const std::int64_t cells = plan.g.cells();
  const std::int64_t packed = whole_lines(packed_floats(filters, plan.channels));
  const std::int64_t region = whole_lines(plan.region_floats());
  const std::int64_t own = region + y.scratch_floats(plan.task_images);
  const std::size_t scratch_bytes = bytes(plan.groups * cells * packed + plan.units * own);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        const float* kernel = arguments.input<float>(1);
        const auto* places = y.are_whole ? nullptr : arguments.input<std::uint8_t>(2);
        float* dx = arguments.output<float>(0);
        auto* kernels = reinterpret_cast<float*>(arguments.scratch);
        float* regions = kernels + p.groups * cells * packed;
        for (std::int64_t i = 0; i < p.groups * cells; ++i) {
          const float* of_cell = kernel + i % cells * p.channels * p.all_filters;
          pack_columns(filters, of_cell + i / cells * p.filters, p.all_filters, true, p.channels,
                       kernels + i * packed);
        }
        for_each_unit(p, [&](std::int64_t unit) {
          float* copy = regions + unit * own;
          p.for_each_portion(unit, [&](std::int64_t image, std::int64_t images) {
            std::fill_n(dx + image * p.x_step(), images * p.x_step(), 0.0F);
            const float* g =
                y.read(arguments.input<float>(0), places, image, images, copy + region);
            p.for_each_task(image, images, [&](const Task& task) {
              if (p.is_padded) std::fill_n(copy, task.images * p.region_step, 0.0F);
              float* to = p.is_padded ? copy : dx + p.start(task);
              for (std::int64_t i = 0; i < p.groups * cells; ++i) {
                const std::int64_t group = i / cells;
                const auto first = static_cast<std::size_t>(i % cells * p.channels);
                indexed_product({.rows = task.rows,
                                 .columns = p.channels,
                                 .a = g + task.first_row * p.all_filters + group * p.filters,
                                 .a_rows = {.step = p.all_filters},
                                 .runs = filters,
                                 .b = kernels + i * packed,
                                 .c = to + p.cells[first] + group * p.channels,
                                 .c_rows = {.at = p.positions.data()},
                                 .accumulate = true});
              }
              if (p.is_padded) p.add_region(task, copy, dx);
            });
          });
        });
      },
      {.scratch_bytes = scratch_bytes});
}

// For few channels, of which a vector would be mostly empty: the windows' gradients side by side, g
// . kernel^T, then added back. Scratch: the packed kernel of each group, then the windows and whole
// images of a pooled y a unit.
KernelPtr input_gradient_by_windows(ConvolutionPlan plan, const PooledImages& y) {
  const Runs filters{.length = plan.filters};
  const std::int64_t packed = whole_lines(packed_floats(filters, plan.depth));
  const std::int64_t windows = whole_lines(plan.rows_of_task() * plan.depth);
  const std::int64_t own = windows + y.scratch_floats(plan.task_images);
  const std::size_t scratch_bytes = bytes(plan.groups * packed + plan.units * own);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        const auto* places = y.are_whole ? nullptr : arguments.input<std::uint8_t>(2);
        float* dx = arguments.output<float>(0);
        auto* kernels = reinterpret_cast<float*>(arguments.scratch);
        for (std::int64_t group = 0; group < p.groups; ++group) {
          pack_columns(filters, arguments.input<float>(1) + group * p.filters, p.all_filters, true,
                       p.depth, kernels + group * packed);
        }
        for_each_unit(p, [&](std::int64_t unit) {
          float* rows = kernels + p.groups * packed + unit * own;
          p.for_each_portion(unit, [&](std::int64_t image, std::int64_t images) {
            std::fill_n(dx + image * p.x_step(), images * p.x_step(), 0.0F);
            const float* g =
                y.read(arguments.input<float>(0), places, image, images, rows + windows);
            p.for_each_task(image, images, [&](const Task& task) {
              const std::int64_t first = task.first_row;
              const std::int64_t positions = task.lines * p.line_rows();
              for (std::int64_t group = 0; group < p.groups; ++group) {
                indexed_product({.rows = task.rows,
                                 .columns = p.depth,
                                 .a = g + first * p.all_filters + group * p.filters,
                                 .a_rows = {.step = p.all_filters},
                                 .runs = filters,
                                 .b = kernels + group * packed,
                                 .c = rows,
                                 .c_rows = {.step = p.depth}});
                for (std::int64_t i = 0; i < task.images; ++i) {
                  scatter_patches(p.g, {group * p.channels, p.channels},
                                  rows + i * positions * p.depth, first, first + positions,
                                  dx + (task.image + i) * p.x_step());
                }
              }
            });
          });
        });
      },
      {.scratch_bytes = scratch_bytes});
}

// Windows^T . g, one sum a unit; these are added up in order. The steps of the sum are the outputs
// along the last axis, line after line. Scratch: of each unit a region, the packed g and whole
// images of a pooled y; then the sums of all units but the first.
KernelPtr kernel_gradient(ConvolutionPlan plan, const PooledImages& y) {
  const std::int64_t length = plan.g.out[2];
  const std::int64_t task_runs = plan.rows_of_task() / std::max<std::int64_t>(1, length);
  std::vector<std::int64_t> run_starts;
  for (std::int64_t i = 0; i < task_runs; ++i) {
    run_starts.push_back(plan.positions[static_cast<std::size_t>(i * length)]);
  }
  const std::int64_t region = whole_lines(plan.region_floats());
  const std::int64_t lists =
      region + whole_lines(packed_floats({nullptr, task_runs, length}, plan.filters));
  const std::int64_t own = lists + y.scratch_floats(plan.task_images);
  const bool in_place = plan.depth < kFewRows && columns_fill_vectors(plan.filters);
  const std::int64_t size = plan.depth * plan.all_filters;
  const std::int64_t partial = whole_lines(size);
  const std::size_t scratch_bytes = bytes(plan.units * own + (plan.units - 1) * partial);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        const auto* places = y.are_whole ? nullptr : arguments.input<std::uint8_t>(2);
        float* dkernel = arguments.output<float>(0);
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        float* partials = scratch + p.units * own;
        for_each_unit(p, [&](std::int64_t unit) {
          float* copy = scratch + unit * own;
          float* rows = copy + region;
          float* sum = unit == 0 ? dkernel : partials + (unit - 1) * partial;
          std::fill_n(sum, size, 0.0F);
          p.for_each_portion(unit, [&](std::int64_t image, std::int64_t images) {
            const float* whole =
                y.read(arguments.input<float>(1), places, image, images, copy + lists);
            p.for_each_task(image, images, [&](const Task& task) {
              const float* x = region_of(p, task, arguments.input<float>(0), copy);
              const Runs runs{run_starts.data(), task.rows / length, length};
              for (std::int64_t group = 0; group < p.groups; ++group) {
                const std::int64_t f = group * p.filters;
                const float* g = whole + task.first_row * p.all_filters + f;
                if (!in_place) pack_columns(runs, g, p.all_filters, false, p.filters, rows);
                indexed_product({.rows = p.depth,
                                 .columns = p.filters,
                                 .a = x + group * p.channels,
                                 .a_rows = {.at = p.cells.data()},
                                 .runs = runs,
                                 .a_step = p.g.stride[2] * p.all_channels,
                                 .b = in_place ? g : rows,
                                 .ldb = in_place ? p.all_filters : 0,
                                 .c = sum + f,
                                 .c_rows = {.step = p.all_filters},
                                 .accumulate = true});
              }
            });
          });
        });
        for (std::int64_t unit = 1; unit < p.units; ++unit) {
          add_to(partials + (unit - 1) * partial, size, dkernel);
        }
      },
      {.scratch_bytes = scratch_bytes});
}

bool is_float(const KernelSpecs& specs) { return specs.outputs[0].dtype == DType::float32; }

KernelPtr fused_forward(const FusedConvolution& op, const ConvolutionPlan& plan,
                        const PooledImages& y) {
  if (suits_winograd(plan) && op.activation <= Activation::kRelu) {
    return winograd_convolution(plan, y, op.has_bias, op.activation);
  }
  return forward(plan, y, op.has_bias, op.activation);
}

KernelPtr product_input_gradient(const ConvolutionPlan& plan, const PooledImages& y) {
  if (suits_winograd(plan)) return winograd_input_gradient(plan, y);
  const bool few = plan.channels < kFewChannels || plan.filters < 2 * kFewChannels;
  return few && plan.g.cells() > 1 ? input_gradient_by_windows(plan, y) : input_gradient(plan, y);
}

KernelPtr product_kernel_gradient(const ConvolutionPlan& plan, const PooledImages& y) {
  return suits_winograd(plan) ? winograd_kernel_gradient(plan, y) : kernel_gradient(plan, y);
}

// Of a convolution whose y only a pool reads, or whose gradient comes through one.
KernelPtr pooled_kernel(const Op& op, const KernelSpecs& specs) {
  if (const auto* pooled = op.as<PooledConvolution>()) {
    const FusedConvolution& fused = pooled->convolution;
    const Shape whole = fused.infer(specs.inputs).shape;
    const ConvolutionPlan plan(fused.convolution.window, fused.convolution.groups,
                               specs.inputs[0].shape, whole);
    return fused_forward(fused, plan, {pooled->pool, whole, specs.outputs[0].shape});
  }
  const std::span<const TensorSpec> inputs = specs.inputs;
  if (const auto* pooled = op.as<PooledInputGradient>()) {
    const Shape whole = pooled->unpool.infer(inputs).shape;
    const ConvolutionPlan plan(pooled->gradient.window, 1, specs.outputs[0].shape, whole);
    return product_input_gradient(plan, {pooled->unpool.window, whole, inputs[0].shape});
  }
  if (const auto* pooled = op.as<PooledKernelGradient>()) {
    const Shape whole = pooled->unpool.infer(inputs.subspan(1)).shape;
    const ConvolutionPlan plan(pooled->gradient.window, 1, inputs[0].shape, whole);
    return product_kernel_gradient(plan, {pooled->unpool.window, whole, inputs[1].shape});
  }
  return nullptr;
}

}  // namespace

KernelPtr convolution_kernel(const Op& op, const KernelSpecs& specs) {
  if (!is_float(specs)) return nullptr;
  if (const auto* fused = op.as<FusedConvolution>()) {
    const ConvolutionPlan plan(fused->convolution.window, fused->convolution.groups,
                               specs.inputs[0].shape, specs.outputs[0].shape);
    return fused_forward(*fused, plan, PooledImages(plan.y_step()));
  }
  if (const auto* conv = op.as<ops::Convolution>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.inputs[0].shape,
                               specs.outputs[0].shape);
    if (is_depthwise(plan)) return depthwise_kernel(plan);
    return fused_forward({*conv}, plan, PooledImages(plan.y_step()));
  }
  if (const auto* conv = op.as<ops::ConvolutionInputGradient>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.outputs[0].shape,
                               specs.inputs[0].shape);
    if (is_depthwise(plan)) return depthwise_input_gradient_kernel(plan);
    return product_input_gradient(plan, PooledImages(plan.y_step()));
  }
  if (const auto* conv = op.as<ops::ConvolutionKernelGradient>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.inputs[0].shape,
                               specs.inputs[1].shape);
    if (is_depthwise(plan)) return depthwise_kernel_gradient_kernel(plan);
    return product_kernel_gradient(plan, PooledImages(plan.y_step()));
  }
  return pooled_kernel(op, specs);
}

}  // namespace antler::cpu
