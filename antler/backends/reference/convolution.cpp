#include "antler/ops/convolution.h"

#include <algorithm>

#include "antler/backends/reference/reference_kernel.h"
#include "antler/backends/reference/window_cells.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

// The products of a convolution: which element of x meets which of the kernel, and where in y the
// product is counted.
struct Products {
  reference::WindowCells cells;
  std::int64_t batch, groups, channels, filters;

  Products(const ops::Window& window, std::int64_t groups_, const Shape& x, const Shape& y)
      : cells(window, x, y),
        batch(x.front()),
        groups(groups_),
        channels(x.back()),
        filters(y.back()) {}

  /// Calls f(element of x, element of the kernel, element of y) for each.
  template <class F>
  void for_each(F f) const {
    const std::int64_t of_group = channels / groups;
    const std::int64_t filters_of_group = filters / groups;
    for (std::int64_t n = 0; n < batch; ++n) {
      for (std::int64_t o = 0; o < cells.outputs; ++o) {
        for (std::int64_t t = 0; t < cells.cells; ++t) {
          const std::int64_t position = cells.position(o, t);
          if (position < 0) continue;
          const std::int64_t x = (n * cells.inputs + position) * channels;
          const std::int64_t y = (n * cells.outputs + o) * filters;
          for (std::int64_t f_index = 0; f_index < filters; ++f_index) {
            const std::int64_t first = f_index / filters_of_group * of_group;
            for (std::int64_t c = 0; c < of_group; ++c) {
              f(x + first + c, (t * of_group + c) * filters + f_index, y + f_index);
            }
          }
        }
      }
    }
  }
};

// One of x, the kernel and y is the sum of products of the other two. Sums are carried in float64.
template <class Accumulate>
KernelPtr product_sums(const Products& products, const TensorSpec& output, Accumulate accumulate) {
  const std::int64_t size = output.shape.size();
  return visit_dtype(output.dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel(
        [=](const KernelArguments& arguments) {
          auto* totals = reinterpret_cast<double*>(arguments.scratch);
          std::fill_n(totals, size, 0.0);
          const T* a = arguments.input<T>(0);
          const T* b = arguments.input<T>(1);
          products.for_each([&](std::int64_t x, std::int64_t kernel, std::int64_t y) {
            accumulate(totals, a, b, x, kernel, y);
          });
          std::transform(totals, totals + size, arguments.output<T>(0),
                         [](double total) { return static_cast<T>(total); });
        },
        {.scratch_bytes = static_cast<std::size_t>(size) * sizeof(double)});
  });
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::Convolution& op, const KernelSpecs& specs) {
  const Products products(op.window, op.groups, specs.inputs[0].shape, specs.outputs[0].shape);
  return product_sums(products, specs.outputs[0],
                      [](double* totals, const auto* a, const auto* b, auto x, auto k, auto y) {
                        totals[y] += static_cast<double>(a[x]) * static_cast<double>(b[k]);
                      });
}

template <>
KernelPtr reference_kernel(const ops::ConvolutionInputGradient& op, const KernelSpecs& specs) {
  const Products products(op.window, op.groups, specs.outputs[0].shape, specs.inputs[0].shape);
  return product_sums(products, specs.outputs[0],
                      [](double* totals, const auto* a, const auto* b, auto x, auto k, auto y) {
                        totals[x] += static_cast<double>(a[y]) * static_cast<double>(b[k]);
                      });
}

template <>
KernelPtr reference_kernel(const ops::ConvolutionKernelGradient& op, const KernelSpecs& specs) {
  const Products products(op.window, op.groups, specs.inputs[0].shape, specs.inputs[1].shape);
  return product_sums(products, specs.outputs[0],
                      [](double* totals, const auto* a, const auto* b, auto x, auto k, auto y) {
                        totals[k] += static_cast<double>(a[x]) * static_cast<double>(b[y]);
                      });
}

}  // namespace antler
