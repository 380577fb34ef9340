#include "antler/backends/cpu/depthwise_kernels.h"

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/kernels/depthwise.h"
#include "antler/backends/cpu/kernels/patches.h"

namespace antler::cpu {
namespace {

// With several filters a channel, an image whose channels stand once for each of its filters: the
// kernels then see one filter a channel.
struct Widened {
  ConvolutionPlan plan;
  WindowGeometry g;         // of the wide image
  std::int64_t floats = 0;  // of the wide image; 0 where x is wide enough

  explicit Widened(const ConvolutionPlan& p) : plan(p), g(p.g) {
    g.channels = p.all_filters;
    if (p.filters > 1) floats = (p.inputs * p.all_filters + 15) / 16 * 16;
  }
  std::size_t scratch_bytes() const {
    return static_cast<std::size_t>(plan.units * floats) * sizeof(float);
  }
  const float* wide(const float* x, float* scratch) const {
    if (floats == 0) return x;
    for (std::int64_t i = 0; i < plan.inputs * plan.all_channels; ++i) {
      for (std::int64_t f = 0; f < plan.filters; ++f) *scratch++ = x[i];
    }
    return scratch - plan.inputs * plan.all_filters;
  }
  void narrow(const float* wide, float* x) const {
    for (std::int64_t i = 0; i < plan.inputs * plan.all_channels; ++i) {
      float sum = *wide++;
      for (std::int64_t f = 1; f < plan.filters; ++f) sum += *wide++;
      x[i] = sum;
    }
  }
  /// Calls f(image, unit, scratch) for each image; those of a unit in order.
  template <class F>
  void for_each_image(float* scratch, F f) const {
    const auto run = [&](std::int64_t unit) {
      const std::int64_t end = std::min(plan.batch, (unit + 1) * plan.unit_images);
      for (std::int64_t n = unit * plan.unit_images; n < end; ++n) {
        f(n, unit, scratch + unit * floats);
      }
    };
    if (plan.units == 1) {
      run(0);
    } else {
      parallel_for(plan.units, run);
    }
  }
};

}  // namespace

KernelPtr depthwise_kernel(const ConvolutionPlan& plan) {
  const Widened w(plan);
  return make_kernel(
      [w](const KernelArguments& arguments) {
        w.for_each_image(reinterpret_cast<float*>(arguments.scratch),
                         [&](std::int64_t n, std::int64_t, float* scratch) {
                           const float* x = arguments.input<float>(0) + n * w.plan.x_step();
                           depthwise(w.g, w.wide(x, scratch), arguments.input<float>(1),
                                     arguments.output<float>(0) + n * w.plan.y_step());
                         });
      },
      {.scratch_bytes = w.scratch_bytes()});
}

KernelPtr depthwise_input_gradient_kernel(const ConvolutionPlan& plan) {
  const Widened w(plan);
  return make_kernel(
      [w](const KernelArguments& arguments) {
        w.for_each_image(reinterpret_cast<float*>(arguments.scratch),
                         [&](std::int64_t n, std::int64_t, float* scratch) {
                           float* dx = arguments.output<float>(0) + n * w.plan.x_step();
                           depthwise_input_gradient(
                               w.g, arguments.input<float>(0) + n * w.plan.y_step(),
                               arguments.input<float>(1), w.floats == 0 ? dx : scratch);
                           if (w.floats > 0) w.narrow(scratch, dx);
                         });
      },
      {.scratch_bytes = w.scratch_bytes()});
}

// One sum a unit; these are added up in order.
KernelPtr depthwise_kernel_gradient_kernel(const ConvolutionPlan& plan) {
  const Widened w(plan);
  const std::int64_t size = plan.g.cells() * plan.all_filters;
  const std::int64_t partial = (size + 15) / 16 * 16;
  return make_kernel(
      [w, size, partial](const KernelArguments& arguments) {
        auto* scratch = reinterpret_cast<float*>(arguments.scratch);
        float* dkernel = arguments.output<float>(0);
        float* partials = scratch + w.plan.units * w.floats;
        std::fill_n(dkernel, size, 0.0f);
        std::fill_n(partials, (w.plan.units - 1) * partial, 0.0f);
        w.for_each_image(scratch, [&](std::int64_t n, std::int64_t unit, float* wide) {
          const float* x = arguments.input<float>(0) + n * w.plan.x_step();
          depthwise_kernel_gradient(w.g, w.wide(x, wide),
                                    arguments.input<float>(1) + n * w.plan.y_step(),
                                    unit == 0 ? dkernel : partials + (unit - 1) * partial);
        });
        for (std::int64_t unit = 1; unit < w.plan.units; ++unit) {
          add_to(partials + (unit - 1) * partial, size, dkernel);
        }
      },
      {.scratch_bytes =
           w.scratch_bytes() + static_cast<std::size_t>((plan.units - 1) * partial) * 4});
}

}  // namespace antler::cpu
