#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "antler/backends/kernel.h"
#include "antler/compiler/kernel_work.h"
#include "antler/graph/origin.h"

namespace antler {

/// One kernel call of a program, and how long it took.
struct ProfiledCall {
  std::string kernel;  // as kernel_name says
  std::string layer;   // as Origins says; empty: none
  KernelWork work;     // of one run
  std::int64_t runs = 0;
  double seconds = 0;  // of all runs, without what kernels of a loop's body took
};

/// Times every kernel call of the programs that this thread compiles in its time. Other programs,
/// and all of them without a Profile, have nothing of it: neither branch nor clock.
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
  /// The workspace and scratch of the program that was compiled last.
  std::size_t arena_bytes() const { return arena_bytes_; }
  /// Forgets runs and times, not the calls.
  void reset();

  /// What the compiler calls: the kernel, timed when this thread has a Profile.
  static KernelPtr timed(const KernelPtr& kernel, const Node& node);
  /// The same for a kernel that no node stands for, a copy of `bytes`.
  static KernelPtr timed_copy(const KernelPtr& kernel, std::size_t bytes);
  /// What it calls when a program is done.
  static void note_arena(std::size_t bytes);

 private:
  KernelPtr wrap(const KernelPtr& kernel, ProfiledCall call);

  Origins origins_;
  std::vector<std::shared_ptr<ProfiledCall>> calls_;
  std::size_t arena_bytes_ = 0;
  Profile* outer_;
};

}  // namespace antler
