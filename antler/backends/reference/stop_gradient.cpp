#include "antler/ops/stop_gradient.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::StopGradient&, const KernelSpecs& specs) {
  return reference::unary(specs, [](auto x) { return x; });
}

}  // namespace antler
