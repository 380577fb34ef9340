#include "antler/ops/sort.h"

#include <algorithm>
#include <numeric>

#include "antler/backends/reference/axis_walk.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {
namespace {

// A total order: NaN is above all numbers.
template <class T>
bool is_less(T a, T b) {
  return a < b || (b != b && a == a);
}

// Calls `write(line, order)` for each line along the axis, with the positions of its elements in
// order. Equal elements keep theirs: by the index, since std::stable_sort would allocate.
template <class T, class Write>
KernelPtr for_sorted_lines(const reference::AxisView& view, bool descending, Write write) {
  const auto bytes = static_cast<std::size_t>(view.n) * sizeof(std::int64_t);
  return make_kernel(
      [view, descending, write](const KernelArguments& arguments) {
        auto* order = reinterpret_cast<std::int64_t*>(arguments.scratch);
        for (std::int64_t o = 0; o < view.outer; ++o) {
          for (std::int64_t j = 0; j < view.inner; ++j) {
            const T* x = arguments.input<T>(0) + view.position(o, 0, j);
            const auto before = [&](std::int64_t a, std::int64_t b) {
              const T first = x[(descending ? b : a) * view.inner];
              const T second = x[(descending ? a : b) * view.inner];
              return is_less(first, second) || (!is_less(second, first) && a < b);
            };
            std::iota(order, order + view.n, std::int64_t{0});
            std::sort(order, order + view.n, before);
            write(arguments, o, j, order);
          }
        }
      },
      {.scratch_bytes = bytes});
}

template <class Op>
reference::AxisView view_of(const Op& op, const KernelSpecs& specs) {
  const Shape& shape = specs.inputs[0].shape;
  return {shape, normalize_axis(op.name, op.axis, shape.rank())};
}

}  // namespace

template <>
KernelPtr reference_kernel(const ops::Sort& op, const KernelSpecs& specs) {
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    const reference::AxisView view = view_of(op, specs);
    return for_sorted_lines<T>(view, false,
                               [view](const KernelArguments& arguments, std::int64_t o,
                                      std::int64_t j, const std::int64_t* order) {
                                 const T* x = arguments.input<T>(0);
                                 T* y = arguments.output<T>(0);
                                 for (std::int64_t i = 0; i < view.n; ++i) {
                                   y[view.position(o, i, j)] = x[view.position(o, order[i], j)];
                                 }
                               });
  });
}

template <>
KernelPtr reference_kernel(const ops::Argsort& op, const KernelSpecs& specs) {
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    const reference::AxisView view = view_of(op, specs);
    return for_sorted_lines<T>(view, false,
                               [view](const KernelArguments& arguments, std::int64_t o,
                                      std::int64_t j, const std::int64_t* order) {
                                 std::int32_t* y = arguments.output<std::int32_t>(0);
                                 for (std::int64_t i = 0; i < view.n; ++i) {
                                   y[view.position(o, i, j)] = static_cast<std::int32_t>(order[i]);
                                 }
                               });
  });
}

template <>
KernelPtr reference_kernel(const ops::TopK& op, const KernelSpecs& specs) {
  const Shape& shape = specs.inputs[0].shape;
  const reference::AxisView view(shape, shape.rank() - 1);
  return visit_dtype(specs.inputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return for_sorted_lines<T>(view, true,
                               [view, k = op.k](const KernelArguments& arguments, std::int64_t o,
                                                std::int64_t, const std::int64_t* order) {
                                 const T* x = arguments.input<T>(0) + view.position(o, 0, 0);
                                 for (std::int64_t i = 0; i < k; ++i) {
                                   arguments.output<T>(0)[o * k + i] = x[order[i]];
                                   arguments.output<std::int32_t>(1)[o * k + i] =
                                       static_cast<std::int32_t>(order[i]);
                                 }
                               });
  });
}

}  // namespace antler
