// The choice of instruction set, made at run time for all kernels at once.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace antler::cpu {

/// Chooses the best instruction set of this machine for all kernels that follow.
///
/// Kernels called without it choose on their first call, which costs some 27 microseconds.
/// Threads  may be called from several threads; the choice is the same.
void prepare_dispatch();

/// The instruction sets this machine has and the kernels are compiled for, best first, as Highway's
/// target bits.
std::vector<int64_t> available_targets();

/// "AVX2", "SSE4", ...: the name of one of available_targets().
std::string target_name(int64_t target);

/// The one that the kernels use now.
int64_t current_target();

/// For tests: makes all kernels use one of available_targets(); 0 returns to the best one.
///
/// Threads  none may run a kernel meanwhile.
void force_target(int64_t target);

}  // namespace antler::cpu
