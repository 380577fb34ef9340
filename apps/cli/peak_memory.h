#pragma once

namespace antler::cli {

/// The most memory that this process had so far, in MiB.
double peak_memory_mb();

}  // namespace antler::cli
