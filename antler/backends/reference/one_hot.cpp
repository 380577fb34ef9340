#include "antler/ops/one_hot.h"

#include "antler/backends/reference/indices.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::OneHot& op, const KernelSpecs& specs) {
  const std::int64_t count = specs.inputs[0].shape.size();
  return reference::visit_index_type(specs.inputs[0].dtype, [&](auto index_zero) {
    using I = decltype(index_zero);
    return visit_dtype(op.dtype, [&](auto zero) {
      using T = decltype(zero);
      return make_kernel([count, classes = op.classes](const KernelArguments& arguments) {
        const I* x = arguments.input<I>(0);
        T* y = arguments.output<T>(0);
        for (std::int64_t i = 0; i < count; ++i) {
          for (std::int64_t c = 0; c < classes; ++c) {
            *y++ = static_cast<T>(static_cast<std::int64_t>(x[i]) == c ? 1 : 0);
          }
        }
      });
    });
  });
}

}  // namespace antler
