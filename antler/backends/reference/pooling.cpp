#include "antler/ops/pooling.h"

#include <algorithm>

#include "antler/backends/reference/reference_kernel.h"
#include "antler/backends/reference/window_cells.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

using reference::WindowCells;

struct Pooling {
  WindowCells cells;
  std::int64_t batch, channels;

  Pooling(const ops::Window& window, const Shape& x, const Shape& y)
      : cells(window, x, y), batch(x.front()), channels(x.back()) {}

  /// The element of image n at an input position.
  std::int64_t element(std::int64_t n, std::int64_t position, std::int64_t channel) const {
    return (n * cells.inputs + position) * channels + channel;
  }
  /// Calls f(image, output position, channel, element of y).
  template <class F>
  void for_each_output(F f) const {
    std::int64_t y = 0;
    for (std::int64_t n = 0; n < batch; ++n) {
      for (std::int64_t o = 0; o < cells.outputs; ++o) {
        for (std::int64_t c = 0; c < channels; ++c) f(n, o, c, y++);
      }
    }
  }
  /// The element of x that is the first largest of a window; a later NaN wins over a number.
  template <class T>
  std::int64_t first_largest(const T* x, std::int64_t n, std::int64_t o, std::int64_t c) const {
    std::int64_t best = -1;
    for (std::int64_t t = 0; t < cells.cells; ++t) {
      if (cells.position(o, t) < 0) continue;
      const std::int64_t here = element(n, cells.position(o, t), c);
      const bool stays = best >= 0 && (x[best] >= x[here] || x[best] != x[best]);
      if (!stays) best = here;
    }
    return best;
  }
};

template <class F>
KernelPtr floating_kernel(const TensorSpec& spec, F f) {
  return visit_dtype(spec.dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([f](const KernelArguments& arguments) { f(arguments, T{}); });
  });
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::MaxPool& op, const KernelSpecs& specs) {
  const Pooling pool(op.window, specs.inputs[0].shape, specs.outputs[0].shape);
  return floating_kernel(specs.outputs[0], [pool](const KernelArguments& arguments, auto zero) {
    using T = decltype(zero);
    const T* x = arguments.input<T>(0);
    pool.for_each_output([&](auto n, auto o, auto c, auto y) {
      arguments.output<T>(0)[y] = x[pool.first_largest(x, n, o, c)];
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::MaxPoolGradient& op, const KernelSpecs& specs) {
  const Pooling pool(op.window, specs.inputs[0].shape, specs.inputs[1].shape);
  const std::int64_t size = specs.outputs[0].shape.size();
  return floating_kernel(specs.outputs[0], [pool, size](const KernelArguments& args, auto zero) {
    using T = decltype(zero);
    const T* x = args.input<T>(0);
    T* dx = args.output<T>(0);
    std::fill_n(dx, size, T{});
    pool.for_each_output([&](auto n, auto o, auto c, auto y) {
      T& sum = dx[pool.first_largest(x, n, o, c)];
      sum = static_cast<T>(sum + args.input<T>(1)[y]);
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::MaxPoolGather& op, const KernelSpecs& specs) {
  const Pooling pool(op.window, specs.inputs[0].shape, specs.outputs[0].shape);
  return floating_kernel(specs.outputs[0], [pool](const KernelArguments& arguments, auto zero) {
    using T = decltype(zero);
    const T* x = arguments.input<T>(0);
    pool.for_each_output([&](auto n, auto o, auto c, auto y) {
      arguments.output<T>(0)[y] = arguments.input<T>(1)[pool.first_largest(x, n, o, c)];
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::SumPool& op, const KernelSpecs& specs) {
  const Pooling pool(op.window, specs.inputs[0].shape, specs.outputs[0].shape);
  return floating_kernel(specs.outputs[0], [pool](const KernelArguments& arguments, auto zero) {
    using T = decltype(zero);
    const T* x = arguments.input<T>(0);
    pool.for_each_output([&](auto n, auto o, auto c, auto y) {
      double total = 0;
      for (std::int64_t t = 0; t < pool.cells.cells; ++t) {
        const std::int64_t position = pool.cells.position(o, t);
        if (position >= 0) total += static_cast<double>(x[pool.element(n, position, c)]);
      }
      arguments.output<T>(0)[y] = static_cast<T>(total);
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::SumPoolGradient& op, const KernelSpecs& specs) {
  const Pooling pool(op.window, specs.outputs[0].shape, specs.inputs[0].shape);
  const std::int64_t size = specs.outputs[0].shape.size();
  return floating_kernel(specs.outputs[0], [pool, size](const KernelArguments& args, auto zero) {
    using T = decltype(zero);
    T* dx = args.output<T>(0);
    std::fill_n(dx, size, T{});
    pool.for_each_output([&](auto n, auto o, auto c, auto y) {
      for (std::int64_t t = 0; t < pool.cells.cells; ++t) {
        const std::int64_t position = pool.cells.position(o, t);
        if (position < 0) continue;
        T& sum = dx[pool.element(n, position, c)];
        sum = static_cast<T>(sum + args.input<T>(0)[y]);
      }
    });
  });
}

}  // namespace antler
