#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antler/backends/kernel.h"
#include "antler/compiler/computation.h"
#include "antler/compiler/kernel_work.h"
#include "antler/graph/origin.h"

namespace antler {

/// Where a kernel call leaves a result: in the workspace, where others lie before and after it, or
/// where it is to stay.
struct OutputPlace {
  enum class Kind : std::uint8_t { workspace, variable, output };
  Kind kind = Kind::workspace;
  std::size_t offset = 0;
  std::size_t bytes = 0;
};

/// One kernel call of a program, and how long it took.
struct ProfiledCall {
  std::string kernel;  // as kernel_name says
  std::string layer;   // as Origins says; empty: none
  KernelWork work;     // of one run
  std::int64_t runs = 0;
  double seconds = 0;  // of all runs, without what kernels of a loop's body took
  int program = 0;     // which program: the first compiled is 0, the body of a loop one of its own
  std::vector<OutputPlace> places = {};
};

/// What a pass made of a program's ops.
struct PassEffect {
  std::string pass;
  int program = 0;
  std::int64_t ops_before = 0;
  std::int64_t ops_after = 0;
  /// By kernel_name: how many more ops there are, or fewer; only those that changed.
  std::vector<std::pair<std::string, std::int64_t>> changes = {};
};

/// Times every kernel call of the programs that this thread compiles in its time, and notes what
/// the passes changed and where results lie. Other programs, and all of them without a Profile,
/// have nothing of it: neither branch nor clock.
///
/// Threads  programs compiled in its time run in this thread only.
class Profile {
 public:
  Profile();
  ~Profile();
  Profile(const Profile&) = delete;
  Profile& operator=(const Profile&) = delete;

  /// In the order of compiling, which is the order of running.
  std::vector<ProfiledCall> calls() const;
  /// Every pass over every program, in order.
  const std::vector<PassEffect>& passes() const { return passes_; }
  /// The workspace and scratch of the program that was compiled last.
  std::size_t arena_bytes() const { return arena_bytes_; }
  /// Forgets runs and times, not the calls.
  void reset();

  /// What the compiler calls: the kernel, timed when this thread has a Profile.
  static KernelPtr timed(const KernelPtr& kernel, const Node& node);
  /// The same for a kernel that no node stands for, a copy of `bytes`.
  static KernelPtr timed_copy(const KernelPtr& kernel, std::size_t bytes);
  static bool is_watching();
  /// Where the results of the call that was timed last lie.
  static void note_places(std::vector<OutputPlace> places);
  static void note_pass(std::string_view pass, const Computation& before, const Computation& after);
  /// While a program is compiled; the body of a loop is compiled within its program.
  class ProgramScope {
   public:
    ProgramScope();
    ~ProgramScope();
    ProgramScope(const ProgramScope&) = delete;
    ProgramScope& operator=(const ProgramScope&) = delete;

   private:
    int outer_ = 0;
  };
  /// What it calls when a program is done.
  static void note_arena(std::size_t bytes);

 private:
  KernelPtr wrap(const KernelPtr& kernel, ProfiledCall call);

  Origins origins_;
  std::vector<std::shared_ptr<ProfiledCall>> calls_;
  std::vector<PassEffect> passes_;
  std::size_t arena_bytes_ = 0;
  int programs_ = 0;  // so far
  int program_ = 0;   // that is compiled now
  Profile* outer_;
};

}  // namespace antler
