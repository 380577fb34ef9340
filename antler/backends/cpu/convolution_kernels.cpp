#include "antler/backends/cpu/convolution_kernels.h"

#include <algorithm>

#include "antler/backends/cpu/convolution_plan.h"
#include "antler/backends/cpu/depthwise_kernels.h"
#include "antler/backends/cpu/kernels/gemm.h"
#include "antler/backends/fused_ops.h"
#include "antler/ops/convolution.h"

namespace antler::cpu {
namespace {

std::int64_t whole_lines(std::int64_t floats) { return (floats + 15) / 16 * 16; }

// One product a task and group: its scratch is the patches, then the product's own.
class PatchProduct {
 public:
  PatchProduct(const ConvolutionPlan& plan, GemmShape largest, GemmFlags flags)
      : plan_(plan), flags_(flags), own_floats_(whole_lines(gemm_scratch_floats(largest, flags))) {}

  const ConvolutionPlan& plan() const { return plan_; }
  std::int64_t unit_floats() const { return plan_.patch_floats() + own_floats_; }
  std::size_t scratch_bytes() const {
    return static_cast<std::size_t>(plan_.units * unit_floats()) * sizeof(float);
  }
  float* patches(float* scratch, std::int64_t unit) const { return scratch + unit * unit_floats(); }
  float* own(float* scratch, std::int64_t unit) const {
    return patches(scratch, unit) + plan_.patch_floats();
  }

  /// The patches of a task's group, and the distance between their rows.
  struct Rows {
    const float* data;
    std::int64_t step;
  };
  Rows gather(const float* x, std::int64_t group, std::int64_t n, std::int64_t images,
              std::int64_t p, std::int64_t rows, float* patches) const {
    const std::int64_t first = group * plan_.channels;
    if (plan_.pointwise) {
      return {x + (n * plan_.inputs + p) * plan_.all_channels + first, plan_.all_channels};
    }
    for (std::int64_t i = 0; i < images; ++i) {
      gather_patches(plan_.g, {first, plan_.channels}, x + (n + i) * plan_.x_step(), p, p + rows,
                     patches + i * rows * plan_.depth);
    }
    return {patches, plan_.depth};
  }

  void multiply(GemmShape shape, bool accumulate, const float* a, std::int64_t lda, const float* b,
                std::int64_t ldb, float* c, std::int64_t ldc, const GemmEpilogue& epilogue,
                float* scratch) const {
    GemmFlags flags = flags_;
    flags.accumulate = accumulate;
    gemm(shape, flags, a, lda, b, ldb, c, ldc, epilogue, scratch, 0, shape.m);
  }

 private:
  ConvolutionPlan plan_;
  GemmFlags flags_;
  std::int64_t own_floats_;
};

template <class F>
void for_each_unit(const ConvolutionPlan& plan, F&& f) {
  if (plan.units == 1) {
    f(std::int64_t{0});
  } else {
    parallel_for(plan.units, f);
  }
}

// y = patches . kernel
KernelPtr forward(const ConvolutionPlan& plan, bool has_bias, Activation activation) {
  const PatchProduct product(plan, {plan.rows_of_task(), plan.filters, plan.depth}, {});
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const ConvolutionPlan& p = product.plan();
        const float* x = arguments.input<float>(0);
        const float* kernel = arguments.input<float>(1);
        const float* bias = has_bias ? arguments.input<float>(2) : nullptr;
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        for_each_unit(p, [&](std::int64_t unit) {
          p.for_each_task(unit, [&](auto n, auto images, auto first, auto positions, auto rows) {
            for (std::int64_t group = 0; group < p.groups; ++group) {
              const auto a = product.gather(x, group, n, images, first, positions,
                                            product.patches(scratch, unit));
              const std::int64_t f = group * p.filters;
              product.multiply(
                  {rows, p.filters, p.depth}, false, a.data, a.step, kernel + f, p.all_filters,
                  arguments.output<float>(0) + (n * p.outputs + first) * p.all_filters + f,
                  p.all_filters, {bias == nullptr ? nullptr : bias + f, activation},
                  product.own(scratch, unit));
            }
          });
        });
      },
      {.scratch_bytes = product.scratch_bytes()});
}

// Rows g . kernel^T, added back to where their cells came from.
KernelPtr input_gradient(const ConvolutionPlan& plan) {
  const PatchProduct product(plan, {plan.rows_of_task(), plan.depth, plan.filters},
                             {.transpose_b = true});
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const ConvolutionPlan& p = product.plan();
        const float* g = arguments.input<float>(0);
        const float* kernel = arguments.input<float>(1);
        float* dx = arguments.output<float>(0);
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        for_each_unit(p, [&](std::int64_t unit) {
          float* patches = product.patches(scratch, unit);
          p.for_each_task(unit, [&](auto n, auto images, auto first, auto positions, auto rows) {
            if (first == 0 && !p.pointwise) {
              std::fill_n(dx + n * p.x_step(), images * p.x_step(), 0.0f);
            }
            for (std::int64_t group = 0; group < p.groups; ++group) {
              const std::int64_t f = group * p.filters;
              const std::int64_t c = group * p.channels;
              float* to = p.pointwise ? dx + (n * p.inputs + first) * p.all_channels + c : patches;
              product.multiply({rows, p.depth, p.filters}, false,
                               g + (n * p.outputs + first) * p.all_filters + f, p.all_filters,
                               kernel + f, p.all_filters, to,
                               p.pointwise ? p.all_channels : p.depth, {},
                               product.own(scratch, unit));
              for (std::int64_t i = 0; i < images && !p.pointwise; ++i) {
                scatter_patches(p.g, {c, p.channels}, patches + i * positions * p.depth, first,
                                first + positions, dx + (n + i) * p.x_step());
              }
            }
          });
        });
      },
      {.scratch_bytes = product.scratch_bytes()});
}

// Patches^T . g, one sum a unit; these are added up in order.
KernelPtr kernel_gradient(const ConvolutionPlan& plan) {
  const PatchProduct product(plan, {plan.depth, plan.filters, plan.rows_of_task()},
                             {.transpose_a = true});
  const std::int64_t size = plan.depth * plan.all_filters;
  const std::int64_t partial = whole_lines(size);
  return make_kernel(
      [=](const KernelArguments& arguments) {
        const ConvolutionPlan& p = product.plan();
        const float* x = arguments.input<float>(0);
        const float* g = arguments.input<float>(1);
        float* dkernel = arguments.output<float>(0);
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        float* partials = scratch + p.units * product.unit_floats();
        for_each_unit(p, [&](std::int64_t unit) {
          float* sum = unit == 0 ? dkernel : partials + (unit - 1) * partial;
          if (unit * p.unit_images >= p.batch || p.outputs == 0) std::fill_n(sum, size, 0.0f);
          bool is_first = true;
          p.for_each_task(unit, [&](auto n, auto images, auto first, auto positions, auto rows) {
            for (std::int64_t group = 0; group < p.groups; ++group) {
              const auto a = product.gather(x, group, n, images, first, positions,
                                            product.patches(scratch, unit));
              const std::int64_t f = group * p.filters;
              product.multiply({p.depth, p.filters, rows}, !is_first, a.data, a.step,
                               g + (n * p.outputs + first) * p.all_filters + f, p.all_filters,
                               sum + f, p.all_filters, {}, product.own(scratch, unit));
            }
            is_first = false;
          });
        });
        for (std::int64_t unit = 1; unit < p.units; ++unit) {
          add_to(partials + (unit - 1) * partial, size, dkernel);
        }
      },
      {.scratch_bytes =
           product.scratch_bytes() + static_cast<std::size_t>((plan.units - 1) * partial) * 4});
}

bool is_float(const KernelSpecs& specs) { return specs.outputs[0].dtype == DType::float32; }

}  // namespace

KernelPtr convolution_kernel(const Op& op, const KernelSpecs& specs) {
  if (const auto* fused = op.as<FusedConvolution>()) {
    const ConvolutionPlan plan(fused->convolution.window, fused->convolution.groups,
                               specs.inputs[0].shape, specs.outputs[0].shape);
    return forward(plan, fused->has_bias, fused->activation);
  }
  if (!is_float(specs)) return nullptr;
  if (const auto* conv = op.as<ops::Convolution>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.inputs[0].shape,
                               specs.outputs[0].shape);
    if (is_depthwise(plan)) return depthwise_kernel(plan);
    return forward(plan, false, Activation::kLinear);
  }
  if (const auto* conv = op.as<ops::ConvolutionInputGradient>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.outputs[0].shape,
                               specs.inputs[0].shape);
    if (is_depthwise(plan)) return depthwise_input_gradient_kernel(plan);
    return input_gradient(plan);
  }
  if (const auto* conv = op.as<ops::ConvolutionKernelGradient>()) {
    const ConvolutionPlan plan(conv->window, conv->groups, specs.inputs[0].shape,
                               specs.inputs[1].shape);
    if (is_depthwise(plan)) return depthwise_kernel_gradient_kernel(plan);
    return kernel_gradient(plan);
  }
  return nullptr;
}

}  // namespace antler::cpu
