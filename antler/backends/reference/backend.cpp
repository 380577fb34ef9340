#include <unordered_map>

#include "antler/backends/backend.h"
#include "antler/backends/reference/reference_kernel.h"
#include "antler/ops/all_ops.h"

namespace antler {
namespace {

using MakeKernel = KernelPtr (*)(const Op&, const KernelSpecs&);

template <class T>
KernelPtr make_reference_kernel(const Op& op, const KernelSpecs& specs) {
  return reference_kernel<T>(*op.as<T>(), specs);
}

class ReferenceBackend final : public Backend {
 public:
  ReferenceBackend() {
    ops::for_each_op(ops::AllOps{}, [this]<class T>() {
      table_.emplace(op_id<T>(), &make_reference_kernel<T>);
    });
  }
  std::string_view name() const override { return "reference"; }
  bool runs_fused_ops() const override { return false; }
  KernelPtr kernel(const Op& op, const KernelSpecs& specs) const override {
    const auto found = table_.find(op.id());
    return found == table_.end() ? nullptr : found->second(op, specs);
  }

 private:
  std::unordered_map<OpId, MakeKernel> table_;
};

}  // namespace

const Backend& reference_backend() {
  static const ReferenceBackend backend;
  return backend;
}

}  // namespace antler
