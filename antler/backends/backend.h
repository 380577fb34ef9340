#pragma once

#include <string_view>

#include "antler/backends/kernel.h"
#include "antler/graph/op.h"

namespace antler {

/// What runs programs: a source of kernels. The compiler inlines a composite that a backend has no
/// kernel for, and fuses only for backends that run fused ops.
class Backend {
 public:
  virtual ~Backend() = default;
  virtual std::string_view name() const = 0;
  /// The kernel of an op for known shapes, or null when the backend has none.
  virtual KernelPtr kernel(const Op& op, const KernelSpecs& specs) const = 0;
  /// Whether the compiler may make the ops of backends/fused_ops.h for it.
  virtual bool runs_fused_ops() const = 0;
};

/// Obvious loops for every op and type.
const Backend& reference_backend();
/// Fast kernels for float32; what it lacks (float64, rare ops) runs the reference kernel.
const Backend& cpu_backend();
/// By name: "reference" or "cpu". Errors: ValueError with the nearest name.
const Backend& backend(std::string_view name);

}  // namespace antler
