#include "antler/compiler/profile.h"

#include <chrono>
#include <utility>

namespace antler {
namespace {

thread_local Profile* watching = nullptr;
// What the timed kernels within the one that runs took so far: those of a loop's body.
thread_local double inner_seconds = 0;

class TimedKernel final : public Kernel {
 public:
  TimedKernel(KernelPtr kernel, std::shared_ptr<ProfiledCall> call)
      : kernel_(std::move(kernel)), call_(std::move(call)) {}

  void run(const KernelArguments& arguments) const noexcept override {
    const double outside = std::exchange(inner_seconds, 0.0);
    const auto begin = std::chrono::steady_clock::now();
    kernel_->run(arguments);
    const double lasted =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    call_->seconds += lasted - inner_seconds;
    ++call_->runs;
    inner_seconds = outside + lasted;
  }
  std::size_t scratch_bytes() const override { return kernel_->scratch_bytes(); }
  bool can_fail() const override { return kernel_->can_fail(); }
  bool works_in_place() const override { return kernel_->works_in_place(); }

 private:
  KernelPtr kernel_;
  std::shared_ptr<ProfiledCall> call_;
};

}  // namespace

Profile::Profile() : outer_(std::exchange(watching, this)) {}

Profile::~Profile() { watching = outer_; }

std::vector<ProfiledCall> Profile::calls() const {
  std::vector<ProfiledCall> calls;
  for (const auto& call : calls_) calls.push_back(*call);
  return calls;
}

void Profile::reset() {
  for (const auto& call : calls_) {
    call->runs = 0;
    call->seconds = 0;
  }
}

KernelPtr Profile::wrap(const KernelPtr& kernel, ProfiledCall call) {
  calls_.push_back(std::make_shared<ProfiledCall>(std::move(call)));
  return std::make_shared<const TimedKernel>(kernel, calls_.back());
}

KernelPtr Profile::timed(const KernelPtr& kernel, const Node& node) {
  if (watching == nullptr) return kernel;
  return watching->wrap(
      kernel,
      {.kernel = kernel_name(node), .layer = watching->origins_.of(node), .work = work_of(node)});
}

KernelPtr Profile::timed_copy(const KernelPtr& kernel, std::size_t bytes) {
  if (watching == nullptr) return kernel;
  const KernelWork work = {.flops = 0, .bytes = 2 * static_cast<double>(bytes)};
  return watching->wrap(kernel, {.kernel = "copy", .layer = {}, .work = work});
}

void Profile::note_arena(std::size_t bytes) {
  if (watching != nullptr) watching->arena_bytes_ = bytes;
}

}  // namespace antler
