#include "antler/backends/backend.h"

#include "antler/backends/cpu/convolution_kernels.h"
#include "antler/backends/cpu/copy_kernels.h"
#include "antler/backends/cpu/cross_entropy_kernels.h"
#include "antler/backends/cpu/elementwise_kernel.h"
#include "antler/backends/cpu/image_kernels.h"
#include "antler/backends/cpu/kernels/dispatch.h"
#include "antler/backends/cpu/matmul_kernel.h"
#include "antler/backends/cpu/normalization_kernels.h"
#include "antler/backends/cpu/optimizer_kernels.h"
#include "antler/backends/cpu/pooling_kernels.h"
#include "antler/backends/cpu/random_kernels.h"
#include "antler/backends/cpu/recurrent_kernels.h"
#include "antler/backends/cpu/row_kernels.h"

namespace antler {
namespace {

// A kernel of our own where there is one, else the reference kernel: float64, integers, and ops
// that no step of training needs often.
class CpuBackend final : public Backend {
 public:
  CpuBackend() { cpu::prepare_dispatch(); }
  std::string_view name() const override { return "cpu"; }
  bool runs_fused_ops() const override { return true; }

  KernelPtr kernel(const Op& op, const KernelSpecs& specs) const override {
    if (const KernelPtr kernel = own_kernel(op, specs)) return kernel;
    return reference_backend().kernel(op, specs);
  }

 private:
  static KernelPtr own_kernel(const Op& op, const KernelSpecs& specs) {
    if (const auto* fused = op.as<FusedMatmul>()) return cpu::matmul_kernel(*fused, specs);
    if (const auto* fused = op.as<FusedUpdate>()) return cpu::optimizer_kernel(*fused, specs);
    if (const auto* fused = op.as<FusedElementwise>())
      return cpu::elementwise_kernel(*fused, specs);
    if (const auto* matmul = op.as<ops::Matmul>()) return cpu::matmul_kernel(*matmul, specs);
    if (const auto* composite = op.as<ops::Composite>()) {
      if (KernelPtr kernel = cpu::cross_entropy_kernel(*composite, specs)) return kernel;
      if (KernelPtr kernel = cpu::normalization_kernel(*composite, specs)) return kernel;
      if (KernelPtr kernel = cpu::dropout_kernel(*composite, specs)) return kernel;
      if (KernelPtr kernel = cpu::recurrent_kernel(*composite, specs)) return kernel;
      if (KernelPtr kernel = cpu::image_kernel(*composite, specs)) return kernel;
      return cpu::optimizer_kernel(*composite, specs);
    }
    if (const auto* random = op.as<ops::Random>()) return cpu::random_kernel(*random, specs);
    if (KernelPtr kernel = cpu::convolution_kernel(op, specs)) return kernel;
    if (KernelPtr kernel = cpu::pooling_kernel(op, specs)) return kernel;
    if (KernelPtr kernel = cpu::copy_kernel(op, specs)) return kernel;
    return cpu::row_kernel(op, specs);
  }
};

}  // namespace

const Backend& cpu_backend() {
  static const CpuBackend backend;
  return backend;
}

}  // namespace antler
