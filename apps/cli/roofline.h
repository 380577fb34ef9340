#pragma once

#include <string>

#include "antler/compiler/kernel_work.h"

namespace antler::cli {

/// What this machine reaches with a number of threads, by our own means: what kernels are held to.
/// A kernel may pass it, for instance one that only reads.
struct Roofline {
  /// A second, in the best of some products of float32 matrices.
  double flops = 0;
  /// A second, read and written: of scaled copies in the cores' caches, and of ones too large.
  double cache_bytes = 0, memory_bytes = 0;

  /// The least seconds that the work can take.
  double seconds(const KernelWork& work) const;
};

/// Of num_threads() threads: from the user's cache folder ($XDG_CACHE_HOME/antler or
/// ~/.cache/antler), else measured, which takes about a second, and kept there when that can be
/// written. What was measured on another processor is measured anew.
Roofline machine_roofline();

/// The file it is kept in; empty when the user has no cache folder.
std::string roofline_file();

}  // namespace antler::cli
