#include <type_traits>

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"
#include "antler/ops/max_min.h"
#include "antler/ops/prod.h"
#include "antler/ops/size_of.h"
#include "antler/ops/sum.h"

namespace antler {
namespace {

// Floats are gathered in float64 (the reference is to be the most exact of all), integers modulo
// 2^64.
template <class T>
using Total = std::conditional_t<std::is_floating_point_v<T>, double, std::uint64_t>;

/// y_o = start, then f(y_o, x) for each x that goes into it, in order.
template <class F>
KernelPtr fold(const KernelSpecs& specs, std::span<const int> axes, int start, F f) {
  const reference::ReductionPlan plan(specs.inputs[0].shape, axes);
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([plan, start, f](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      T* y = arguments.output<T>(0);
      for (std::size_t o = 0; o < plan.base.size(); ++o) {
        Total<T> total = static_cast<Total<T>>(start);
        for (const std::int64_t r : plan.offset) {
          total = f(total, static_cast<Total<T>>(x[plan.base[o] + r]));
        }
        y[o] = static_cast<T>(total);
      }
    });
  });
}

/// y_o = the element that no other is `before`; a NaN comes before all. `of_none` is the result of
/// no bools, the only type that may have none.
template <class Before>
KernelPtr extremum(const KernelSpecs& specs, std::span<const int> axes, bool of_none,
                   Before before) {
  const reference::ReductionPlan plan(specs.inputs[0].shape, axes);
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([plan, of_none, before](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      T* y = arguments.output<T>(0);
      for (std::size_t o = 0; o < plan.base.size(); ++o) {
        T best = plan.offset.empty() ? static_cast<T>(of_none) : x[plan.base[o]];
        for (const std::int64_t r : plan.offset) {
          const T candidate = x[plan.base[o] + r];
          if (before(candidate, best) || candidate != candidate) best = candidate;
        }
        y[o] = best;
      }
    });
  });
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::Sum& op, const KernelSpecs& specs) {
  return fold(specs, op.axes, 0, [](auto total, auto x) { return total + x; });
}

template <>
KernelPtr reference_kernel(const ops::Prod& op, const KernelSpecs& specs) {
  return fold(specs, op.axes, 1, [](auto total, auto x) { return total * x; });
}

template <>
KernelPtr reference_kernel(const ops::Max& op, const KernelSpecs& specs) {
  return extremum(specs, op.axes, false, [](auto a, auto b) { return a > b; });
}

template <>
KernelPtr reference_kernel(const ops::Min& op, const KernelSpecs& specs) {
  return extremum(specs, op.axes, true, [](auto a, auto b) { return a < b; });
}

template <>
KernelPtr reference_kernel(const ops::SizeOf& op, const KernelSpecs& specs) {
  const std::int64_t count = op.count(specs.inputs[0].shape);
  return visit_dtype(op.dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([count](const KernelArguments& arguments) {
      *arguments.output<T>(0) = static_cast<T>(count);
    });
  });
}

}  // namespace antler
