#include <cstring>

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/convert_element.h"
#include "antler/core/visit_dtype.h"
#include "antler/ops/broadcast_to.h"
#include "antler/ops/cast.h"
#include "antler/ops/reshape.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Reshape&, const KernelSpecs& specs) {
  const std::size_t bytes =
      static_cast<std::size_t>(specs.outputs[0].shape.size() * item_size(specs.outputs[0].dtype));
  return make_kernel([bytes](const KernelArguments& arguments) {
    std::memcpy(arguments.outputs[0], arguments.inputs[0], bytes);
  });
}

template <>
KernelPtr reference_kernel(const ops::BroadcastTo&, const KernelSpecs& specs) {
  const std::int64_t size = specs.outputs[0].shape.size();
  const reference::Broadcast plan(specs.inputs[0].shape, specs.outputs[0].shape);
  return visit_dtype(specs.outputs[0].dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([size, plan](const KernelArguments& arguments) {
      const T* x = arguments.input<T>(0);
      T* y = arguments.output<T>(0);
      for (std::int64_t i = 0; i < size; ++i) y[i] = x[plan.position(i)];
    });
  });
}

template <>
KernelPtr reference_kernel(const ops::Cast& op, const KernelSpecs& specs) {
  const std::int64_t size = specs.outputs[0].shape.size();
  return visit_dtype(specs.inputs[0].dtype, [&](auto from_zero) {
    using From = decltype(from_zero);
    return visit_dtype(op.dtype, [&](auto to_zero) {
      using To = decltype(to_zero);
      return make_kernel([size](const KernelArguments& arguments) {
        const From* x = arguments.input<From>(0);
        To* y = arguments.output<To>(0);
        for (std::int64_t i = 0; i < size; ++i) y[i] = convert_element<To>(x[i]);
      });
    });
  });
}

}  // namespace antler
