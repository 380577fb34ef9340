#include "antler/ops/arg_extrema.h"

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

/// The first element that no other is `before`; the first NaN comes before all.
template <class Before>
KernelPtr position_of(const KernelSpecs& specs, int axis, Before before) {
  const Shape& shape = specs.inputs[0].shape;
  const reference::AxisView view(shape, normalize_axis("argmax", axis, shape.rank()));
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([view, before](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      std::int32_t* y = arguments.output<std::int32_t>(0);
      for (std::int64_t o = 0; o < view.outer; ++o) {
        for (std::int64_t j = 0; j < view.inner; ++j) {
          std::int64_t best = 0;
          for (std::int64_t i = 1; i < view.n; ++i) {
            const T held = x[view.position(o, best, j)];
            const T candidate = x[view.position(o, i, j)];
            const bool is_first_nan = candidate != candidate && held == held;
            if (is_first_nan || before(candidate, held)) best = i;
          }
          y[o * view.inner + j] = static_cast<std::int32_t>(best);
        }
      }
    });
  });
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::ArgMax& op, const KernelSpecs& specs) {
  return position_of(specs, op.axis, [](auto a, auto b) { return a > b; });
}

template <>
KernelPtr reference_kernel(const ops::ArgMin& op, const KernelSpecs& specs) {
  return position_of(specs, op.axis, [](auto a, auto b) { return a < b; });
}

}  // namespace antler
