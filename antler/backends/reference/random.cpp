#include "antler/ops/random.h"

#include "antler/backends/reference/reference_kernel.h"
#include "antler/core/visit_dtype.h"
#include "antler/ops/random_draw.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Random& op, const KernelSpecs& specs) {
  const std::int64_t size = specs.outputs[0].shape.size();
  return visit_dtype(op.dtype, [&](auto zero) {
    using T = decltype(zero);
    return make_kernel([op, size](const KernelArguments& arguments) {
      ops::draw_random(op, arguments.input<std::int64_t>(0)[0], arguments.input<std::int64_t>(1)[0],
                       0, size, arguments.output<T>(0));
    });
  });
}

}  // namespace antler
