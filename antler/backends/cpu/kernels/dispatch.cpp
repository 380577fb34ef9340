#include "antler/backends/cpu/kernels/dispatch.h"

#include "antler/backends/cpu/kernels/simd_targets.h"
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "antler/backends/cpu/kernels/dispatch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace antler::cpu::HWY_NAMESPACE {

int64_t target_of_this_pass() { return HWY_TARGET; }

}  // namespace antler::cpu::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace antler::cpu {

HWY_EXPORT(target_of_this_pass);

#if (HWY_TARGETS & (HWY_TARGETS - 1)) == 0
// One target (WebAssembly): nothing to choose, and Highway's library is not needed.
void prepare_dispatch() {}

std::vector<int64_t> available_targets() { return {HWY_TARGETS}; }

void force_target(int64_t) {}
#else
void prepare_dispatch() { hwy::GetChosenTarget().Update(hwy::SupportedTargets()); }

std::vector<int64_t> available_targets() { return hwy::SupportedAndGeneratedTargets(); }

void force_target(int64_t target) {
  hwy::SetSupportedTargetsForTest(target);
  prepare_dispatch();
}
#endif

std::string target_name(int64_t target) { return hwy::TargetName(target); }

int64_t current_target() { return HWY_DYNAMIC_DISPATCH(target_of_this_pass)(); }

}  // namespace antler::cpu
#endif  // HWY_ONCE
