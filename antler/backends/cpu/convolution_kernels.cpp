#include "antler/backends/cpu/convolution_kernels.h"

#include <algorithm>

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/convolution_plan.h"
#include "antler/backends/cpu/depthwise_kernels.h"
#include "antler/backends/cpu/kernels/patches.h"
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

// y = windows . kernel. Scratch: the packed kernel of each group, then a region a unit.
KernelPtr forward(ConvolutionPlan plan, bool has_bias, Activation activation) {
  const Runs all{nullptr, static_cast<std::int64_t>(plan.runs.size()), plan.run_length()};
  const std::int64_t packed = whole_lines(packed_floats(all, plan.filters));
  const std::int64_t region = whole_lines(plan.region_floats());
  const std::size_t scratch_bytes = bytes(plan.groups * packed + plan.units * region);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
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
          p.for_each_task(unit, [&](const Task& task) {
            const float* x = region_of(p, task, arguments.input<float>(0), regions + unit * region);
            for (std::int64_t group = 0; group < p.groups; ++group) {
              const std::int64_t f = group * p.filters;
              indexed_product({.rows = task.rows,
                               .columns = p.filters,
                               .a = x + group * p.channels,
                               .a_rows = {.at = p.positions.data()},
                               .runs = runs,
                               .b = kernels + group * packed,
                               .c = arguments.output<float>(0) + task.first_row * p.all_filters + f,
                               .c_rows = {.step = p.all_filters},
                               .epilogue = {bias == nullptr ? nullptr : bias + f, activation}});
            }
          });
        });
      },
      {.scratch_bytes = scratch_bytes});
}

// For each cell, rows g . its kernel^T, added where the windows have it. Scratch: the packed kernel
// of each group and cell, then a region a unit.
KernelPtr input_gradient(ConvolutionPlan plan) {
  const Runs filters{.length = plan.filters};
  const std::int64_t cells = plan.g.cells();
  const std::int64_t packed = whole_lines(packed_floats(filters, plan.channels));
  const std::int64_t region = whole_lines(plan.region_floats());
  const std::size_t scratch_bytes = bytes(plan.groups * cells * packed + plan.units * region);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        const float* kernel = arguments.input<float>(1);
        float* dx = arguments.output<float>(0);
        auto* kernels = reinterpret_cast<float*>(arguments.scratch);
        float* regions = kernels + p.groups * cells * packed;
        for (std::int64_t i = 0; i < p.groups * cells; ++i) {
          const float* of_cell = kernel + i % cells * p.channels * p.all_filters;
          pack_columns(filters, of_cell + i / cells * p.filters, p.all_filters, true, p.channels,
                       kernels + i * packed);
        }
        for_each_unit(p, [&](std::int64_t unit) {
          float* copy = regions + unit * region;
          p.for_each_task(unit, [&](const Task& task) {
            if (task.line == 0) {
              std::fill_n(dx + task.image * p.x_step(), task.images * p.x_step(), 0.0F);
            }
            if (p.is_padded) std::fill_n(copy, task.images * p.region_step, 0.0F);
            float* to = p.is_padded ? copy : dx + p.start(task);
            for (std::int64_t i = 0; i < p.groups * cells; ++i) {
              const std::int64_t group = i / cells;
              const auto first = static_cast<std::size_t>(i % cells * p.channels);
              indexed_product({.rows = task.rows,
                               .columns = p.channels,
                               .a = arguments.input<float>(0) + task.first_row * p.all_filters +
                                    group * p.filters,
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
      },
      {.scratch_bytes = scratch_bytes});
}

// For few channels, of which a vector would be mostly empty: the windows' gradients side by side, g
// . kernel^T, then added back. Scratch: the packed kernel of each group, then the windows of a
// unit.
KernelPtr input_gradient_by_windows(ConvolutionPlan plan) {
  const Runs filters{.length = plan.filters};
  const std::int64_t packed = whole_lines(packed_floats(filters, plan.depth));
  const std::int64_t windows = whole_lines(plan.rows_of_task() * plan.depth);
  const std::size_t scratch_bytes = bytes(plan.groups * packed + plan.units * windows);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        float* dx = arguments.output<float>(0);
        auto* kernels = reinterpret_cast<float*>(arguments.scratch);
        for (std::int64_t group = 0; group < p.groups; ++group) {
          pack_columns(filters, arguments.input<float>(1) + group * p.filters, p.all_filters, true,
                       p.depth, kernels + group * packed);
        }
        for_each_unit(p, [&](std::int64_t unit) {
          float* rows = kernels + p.groups * packed + unit * windows;
          p.for_each_task(unit, [&](const Task& task) {
            if (task.line == 0) {
              std::fill_n(dx + task.image * p.x_step(), task.images * p.x_step(), 0.0F);
            }
            const std::int64_t first = task.line * p.line_rows();
            const std::int64_t positions = task.lines * p.line_rows();
            for (std::int64_t group = 0; group < p.groups; ++group) {
              indexed_product({.rows = task.rows,
                               .columns = p.depth,
                               .a = arguments.input<float>(0) + task.first_row * p.all_filters +
                                    group * p.filters,
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
      },
      {.scratch_bytes = scratch_bytes});
}

// Windows^T . g, one sum a unit; these are added up in order. The steps of the sum are the outputs
// along the last axis, line after line. Scratch: of each unit a region and the packed g; then the
// sums of all units but the first.
KernelPtr kernel_gradient(ConvolutionPlan plan) {
  const std::int64_t length = plan.g.out[2];
  const std::int64_t task_runs = plan.rows_of_task() / std::max<std::int64_t>(1, length);
  std::vector<std::int64_t> run_starts;
  for (std::int64_t i = 0; i < task_runs; ++i) {
    run_starts.push_back(plan.positions[static_cast<std::size_t>(i * length)]);
  }
  const std::int64_t region = whole_lines(plan.region_floats());
  const std::int64_t own =
      region + whole_lines(packed_floats({nullptr, task_runs, length}, plan.filters));
  const bool in_place = plan.depth < kFewRows && columns_fill_vectors(plan.filters);
  const std::int64_t size = plan.depth * plan.all_filters;
  const std::int64_t partial = whole_lines(size);
  const std::size_t scratch_bytes = bytes(plan.units * own + (plan.units - 1) * partial);
  return make_kernel(
      [=, p = std::move(plan)](const KernelArguments& arguments) {
        float* dkernel = arguments.output<float>(0);
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        float* partials = scratch + p.units * own;
        for_each_unit(p, [&](std::int64_t unit) {
          float* copy = scratch + unit * own;
          float* rows = copy + region;
          float* sum = unit == 0 ? dkernel : partials + (unit - 1) * partial;
          std::fill_n(sum, size, 0.0F);
          p.for_each_task(unit, [&](const Task& task) {
            const float* x = region_of(p, task, arguments.input<float>(0), copy);
            const Runs runs{run_starts.data(), task.rows / length, length};
            for (std::int64_t group = 0; group < p.groups; ++group) {
              const std::int64_t f = group * p.filters;
              const float* g = arguments.input<float>(1) + task.first_row * p.all_filters + f;
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
        for (std::int64_t unit = 1; unit < p.units; ++unit) {
          add_to(partials + (unit - 1) * partial, size, dkernel);
        }
      },
      {.scratch_bytes = scratch_bytes});
}

bool is_float(const KernelSpecs& specs) { return specs.outputs[0].dtype == DType::float32; }

}  // namespace

KernelPtr convolution_kernel(const Op& op, const KernelSpecs& specs) {
  if (const auto* fused = op.as<FusedConvolution>()) {
    const ConvolutionPlan plan(fused->convolution.window, fused->convolution.groups,
                               specs.inputs[0].shape, specs.outputs[0].shape);
    if (suits_winograd(plan) && fused->activation <= Activation::kRelu) {
      return winograd_convolution(plan, fused->has_bias, fused->activation);
    }
    return forward(plan, fused->has_bias, fused->activation);
  }
  if (!is_float(specs)) return nullptr;
  if (const auto* conv = op.as<ops::Convolution>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.inputs[0].shape,
                               specs.outputs[0].shape);
    if (is_depthwise(plan)) return depthwise_kernel(plan);
    if (suits_winograd(plan)) return winograd_convolution(plan, false, Activation::kLinear);
    return forward(plan, false, Activation::kLinear);
  }
  if (const auto* conv = op.as<ops::ConvolutionInputGradient>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.outputs[0].shape,
                               specs.inputs[0].shape);
    if (is_depthwise(plan)) return depthwise_input_gradient_kernel(plan);
    if (suits_winograd(plan)) return winograd_input_gradient(plan);
    const bool few = plan.channels < kFewChannels || plan.filters < 2 * kFewChannels;
    return few && plan.g.cells() > 1 ? input_gradient_by_windows(plan) : input_gradient(plan);
  }
  if (const auto* conv = op.as<ops::ConvolutionKernelGradient>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.inputs[0].shape,
                               specs.inputs[1].shape);
    if (is_depthwise(plan)) return depthwise_kernel_gradient_kernel(plan);
    if (suits_winograd(plan)) return winograd_kernel_gradient(plan);
    return kernel_gradient(plan);
  }
  return nullptr;
}

}  // namespace antler::cpu
