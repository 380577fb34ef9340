#include "antler/backends/cpu/pooling_kernels.h"

#include "antler/backends/cpu/blocks.h"
#include "antler/backends/cpu/geometry.h"
#include "antler/backends/cpu/kernels/pooling.h"
#include "antler/backends/fused_ops.h"
#include "antler/ops/pooling.h"

namespace antler::cpu {
namespace {

// Image by image; f(geometry, arguments, element of x, element of y) does one.
template <class F>
KernelPtr image_kernel(const ops::Window& window, const TensorSpec& x, const TensorSpec& y, F f) {
  if (x.dtype != DType::float32) return nullptr;
  const WindowGeometry g = window_geometry(window, x.shape, y.shape);
  const std::int64_t batch = x.shape.front();
  const std::int64_t x_step = g.inputs() * g.channels;
  const std::int64_t y_step = g.outputs() * g.channels;
  const std::int64_t work = x_step + y_step * g.cells();
  return make_kernel([=](const KernelArguments& arguments) {
    for_blocks(batch, 1, work, [&](std::int64_t begin, std::int64_t end) {
      for (std::int64_t n = begin; n < end; ++n) f(g, arguments, n * x_step, n * y_step);
    });
  });
}

KernelPtr max_pool_gradient_kernel(const ops::Window& window, bool relu, const KernelSpecs& specs) {
  return image_kernel(window, specs.inputs[0], specs.inputs[1],
                      [relu](const auto& g, const auto& arguments, auto x, auto y) {
                        max_pool_gradient(g, relu, arguments.template input<float>(0) + x,
                                          arguments.template input<float>(1) + y,
                                          arguments.template output<float>(0) + x);
                      });
}

}  // namespace

KernelPtr pooling_kernel(const Op& op, const KernelSpecs& specs) {
  const auto& in = specs.inputs;
  const auto& out = specs.outputs;
  if (const auto* pool = op.as<ops::MaxPool>()) {
    return image_kernel(pool->window, in[0], out[0],
                        [](const auto& g, const auto& arguments, auto x, auto y) {
                          max_pool(g, arguments.template input<float>(0) + x,
                                   arguments.template output<float>(0) + y);
                        });
  }
  if (const auto* pool = op.as<ops::MaxPoolGradient>()) {
    return max_pool_gradient_kernel(pool->window, false, specs);
  }
  if (const auto* pool = op.as<FusedMaxPoolGradient>()) {
    return max_pool_gradient_kernel(pool->window, true, specs);
  }
  if (const auto* unpool = op.as<MaxUnpool>()) {
    return image_kernel(unpool->window, out[0], in[0],
                        [](const auto& g, const auto& arguments, auto x, auto y) {
                          max_unpool(g, arguments.template input<float>(0) + y,
                                     arguments.template input<std::uint8_t>(1) + y,
                                     arguments.template output<float>(0) + x);
                        });
  }
  if (const auto* pool = op.as<ops::MaxPoolGather>()) {
    return image_kernel(pool->window, in[0], out[0],
                        [](const auto& g, const auto& arguments, auto x, auto y) {
                          max_pool_gather(g, arguments.template input<float>(0) + x,
                                          arguments.template input<float>(1) + x,
                                          arguments.template output<float>(0) + y);
                        });
  }
  if (const auto* pool = op.as<ops::SumPool>()) {
    return image_kernel(pool->window, in[0], out[0],
                        [](const auto& g, const auto& arguments, auto x, auto y) {
                          sum_pool(g, arguments.template input<float>(0) + x,
                                   arguments.template output<float>(0) + y);
                        });
  }
  if (const auto* pool = op.as<ops::SumPoolGradient>()) {
    return image_kernel(pool->window, out[0], in[0],
                        [](const auto& g, const auto& arguments, auto x, auto y) {
                          sum_pool_gradient(g, arguments.template input<float>(0) + y,
                                            arguments.template output<float>(0) + x);
                        });
  }
  return nullptr;
}

}  // namespace antler::cpu
