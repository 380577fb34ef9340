#include "antler/ops/relu.h"

#include "antler/backends/reference/elementwise.h"
#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Relu&, const KernelSpecs& specs) {
  return reference::unary(specs, [](auto x) { return x <= 0 ? decltype(x){} : x; });
}

}  // namespace antler
