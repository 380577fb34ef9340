#include "antler/ops/check_index.h"

#include "antler/backends/reference/indices.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::CheckIndex& op, const KernelSpecs& specs) {
  const std::int64_t count = specs.inputs[0].shape.size();
  return reference::visit_index_type(specs.inputs[0].dtype, [&](auto zero) {
    using I = decltype(zero);
    return make_kernel(
        [op, count](const KernelArguments& arguments) {
          const I* x = arguments.input<I>(0);
          I* y = arguments.output<I>(0);
          for (std::int64_t i = 0; i < count; ++i) {
            if (op.from_end) {
              y[i] = static_cast<I>(reference::checked_index(x, i, op.size, arguments.status));
              continue;
            }
            y[i] = x[i];
            const auto index = static_cast<std::int64_t>(x[i]);
            if (index < 0 || index >= op.size) {
              arguments.status->report(op.expected, i / op.row_size, index, 0, op.size);
            }
          }
        },
        {.can_fail = true});
  });
}

}  // namespace antler
