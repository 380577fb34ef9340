#include "antler/ops/gather.h"

#include <algorithm>

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/indices.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Gather& op, const KernelSpecs& specs) {
  const Shape& x_shape = specs.inputs[0].shape;
  const reference::AxisView view(x_shape, normalize_axis(op.name, op.axis, x_shape.rank()));
  const std::int64_t count = specs.inputs[1].shape.size();
  return reference::visit_index_type(specs.inputs[1].dtype, [&](auto index_zero) {
    using I = decltype(index_zero);
    return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
      using T = decltype(zero);
      return make_kernel(
          [view, count](const KernelArguments& arguments) {
            const T* x = arguments.input<T>(0);
            T* y = arguments.output<T>(0);
            for (std::int64_t o = 0; o < view.outer; ++o) {
              for (std::int64_t i = 0; i < count; ++i, y += view.inner) {
                const std::int64_t row =
                    reference::checked_index(arguments.input<I>(1), i, view.n, arguments.status);
                if (row < 0) {
                  std::fill_n(y, view.inner, T{});
                } else {
                  std::copy_n(x + view.position(o, row, 0), view.inner, y);
                }
              }
            }
          },
          {.can_fail = true});
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::ScatterAdd& op, const KernelSpecs& specs) {
  const Shape& shape = specs.outputs[0].shape;
  const reference::AxisView view(shape, normalize_axis(op.name, op.axis, shape.rank()));
  const std::int64_t count = specs.inputs[0].shape.size();
  return reference::visit_index_type(specs.inputs[0].dtype, [&](auto index_zero) {
    using I = decltype(index_zero);
    return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
      using T = decltype(zero);
      return make_kernel(
          [view, count](const KernelArguments& arguments) {
            const T* values = arguments.input<T>(1);
            T* y = arguments.output<T>(0);
            std::fill_n(y, view.outer * view.n * view.inner, T{});
            for (std::int64_t o = 0; o < view.outer; ++o) {
              for (std::int64_t i = 0; i < count; ++i, values += view.inner) {
                const std::int64_t row =
                    reference::checked_index(arguments.input<I>(0), i, view.n, arguments.status);
                if (row < 0) continue;
                T* sums = y + view.position(o, row, 0);
                for (std::int64_t j = 0; j < view.inner; ++j) {
                  sums[j] = static_cast<T>(sums[j] + values[j]);
                }
              }
            }
          },
          {.can_fail = true});
    });
  });
}

}  // namespace antler
