#pragma once

#include <cstdint>

namespace antler::testing {

/// Calls of malloc, calloc, realloc, aligned_alloc and posix_memalign by the whole process so far;
/// operator new counts through them.
std::int64_t allocation_count();

}  // namespace antler::testing
