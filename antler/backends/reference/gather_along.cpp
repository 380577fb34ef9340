#include "antler/ops/gather_along.h"

#include <algorithm>

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/indices.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::GatherAlong& op, const KernelSpecs& specs) {
  const int axis = normalize_axis(op.name, op.axis, specs.inputs[0].shape.rank());
  const reference::AxisView from(specs.inputs[0].shape, axis);
  const reference::AxisView to(specs.outputs[0].shape, axis);
  return reference::visit_index_type(specs.inputs[1].dtype, [&](auto index_zero) {
    using I = decltype(index_zero);
    return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
      using T = decltype(zero);
      return make_kernel(
          [from, to](const KernelArguments& arguments) {
            const T* x = arguments.input<T>(0);
            const I* indices = arguments.input<I>(1);
            T* y = arguments.output<T>(0);
            for (std::int64_t o = 0; o < to.outer; ++o) {
              for (std::int64_t i = 0; i < to.n; ++i) {
                for (std::int64_t j = 0; j < to.inner; ++j) {
                  const std::int64_t p = to.position(o, i, j);
                  const std::int64_t source =
                      reference::checked_index(indices, p, from.n, arguments.status);
                  y[p] = source < 0 ? T{} : x[from.position(o, source, j)];
                }
              }
            }
          },
          {.can_fail = true});
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::ScatterAlong& op, const KernelSpecs& specs) {
  const int axis = normalize_axis(op.name, op.axis, specs.inputs[0].shape.rank());
  const reference::AxisView from(specs.inputs[0].shape, axis);
  const reference::AxisView to(specs.outputs[0].shape, axis);
  return reference::visit_index_type(specs.inputs[0].dtype, [&](auto index_zero) {
    using I = decltype(index_zero);
    return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
      using T = decltype(zero);
      return make_kernel(
          [from, to](const KernelArguments& arguments) {
            const I* indices = arguments.input<I>(0);
            const T* values = arguments.input<T>(1);
            T* y = arguments.output<T>(0);
            std::fill_n(y, to.outer * to.n * to.inner, T{});
            for (std::int64_t o = 0; o < from.outer; ++o) {
              for (std::int64_t i = 0; i < from.n; ++i) {
                for (std::int64_t j = 0; j < from.inner; ++j) {
                  const std::int64_t p = from.position(o, i, j);
                  const std::int64_t target =
                      reference::checked_index(indices, p, to.n, arguments.status);
                  if (target < 0) continue;
                  T& sum = y[to.position(o, target, j)];
                  sum = static_cast<T>(sum + values[p]);
                }
              }
            }
          },
          {.can_fail = true});
    });
  });
}

}  // namespace antler
