#include "antler/ops/where.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Where&, const KernelSpecs& specs) {
  const Shape& shape = specs.outputs[0].shape;
  const std::int64_t size = shape.size();
  const reference::Broadcast condition_plan(specs.inputs[0].shape, shape);
  const reference::Broadcast a_plan(specs.inputs[1].shape, shape);
  const reference::Broadcast b_plan(specs.inputs[2].shape, shape);
  return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([=](const KernelArguments& arguments) {
      const bool* condition = arguments.input<bool>(0);
      const T* a = arguments.input<T>(1);
      const T* b = arguments.input<T>(2);
      T* y = arguments.output<T>(0);
      for (std::int64_t i = 0; i < size; ++i) {
        y[i] =
            condition[condition_plan.position(i)] ? a[a_plan.position(i)] : b[b_plan.position(i)];
      }
    });
  });
}

}  // namespace antler
