#include "antler/ops/cumsum.h"

#include <type_traits>

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Cumsum& op, const KernelSpecs& specs) {
  const Shape& shape = specs.inputs[0].shape;
  const reference::AxisView view(shape, normalize_axis("cumsum", op.axis, shape.rank()));
  const bool reverse = op.reverse;
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    using Total = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;
    return make_kernel([view, reverse](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      T* y = arguments.output<T>(0);
      for (std::int64_t o = 0; o < view.outer; ++o) {
        for (std::int64_t j = 0; j < view.inner; ++j) {
          Total total = 0;
          for (std::int64_t i = 0; i < view.n; ++i) {
            const std::int64_t p = view.position(o, reverse ? view.n - 1 - i : i, j);
            total += static_cast<Total>(x[p]);
            y[p] = static_cast<T>(total);
          }
        }
      }
    });
  });
}

}  // namespace antler
