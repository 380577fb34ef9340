#include "antler/compiler/profile.h"

#include <chrono>
#include <map>
#include <utility>

#include "antler/graph/graph.h"

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
  bool works_in_place(int input) const override { return kernel_->works_in_place(input); }

 private:
  KernelPtr kernel_;
  std::shared_ptr<ProfiledCall> call_;
};

std::map<std::string, std::int64_t> count_ops(const Computation& computation) {
  std::map<std::string, std::int64_t> counts;
  for (const auto& node : topological_order(computation.roots())) {
    if (node->is_op()) ++counts[kernel_name(*node)];
  }
  return counts;
}

std::int64_t total(const std::map<std::string, std::int64_t>& counts) {
  std::int64_t sum = 0;
  for (const auto& [name, count] : counts) sum += count;
  return sum;
}

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
  call.program = program_;
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

bool Profile::is_watching() { return watching != nullptr; }

void Profile::note_places(std::vector<OutputPlace> places) {
  if (watching != nullptr) watching->calls_.back()->places = std::move(places);
}

void Profile::note_pass(std::string_view pass, const Computation& before,
                        const Computation& after) {
  if (watching == nullptr) return;
  std::map<std::string, std::int64_t> changes = count_ops(after);
  const std::map<std::string, std::int64_t> old = count_ops(before);
  PassEffect effect = {.pass = std::string(pass),
                       .program = watching->program_,
                       .ops_before = total(old),
                       .ops_after = total(changes)};
  for (const auto& [name, count] : old) changes[name] -= count;
  for (const auto& [name, count] : changes) {
    if (count != 0) effect.changes.emplace_back(name, count);
  }
  watching->passes_.push_back(std::move(effect));
}

Profile::ProgramScope::ProgramScope() {
  if (watching != nullptr) outer_ = std::exchange(watching->program_, watching->programs_++);
}

Profile::ProgramScope::~ProgramScope() {
  if (watching != nullptr) watching->program_ = outer_;
}

void Profile::note_arena(std::size_t bytes) {
  if (watching != nullptr) watching->arena_bytes_ = bytes;
}

}  // namespace antler
