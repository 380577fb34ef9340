#pragma once

#include <cstdint>

// The sanitizers stand in front of malloc themselves: with them nothing is counted.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ANTLER_COUNTS_ALLOCATIONS 0
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ANTLER_COUNTS_ALLOCATIONS 0
#endif
#ifndef ANTLER_COUNTS_ALLOCATIONS
#define ANTLER_COUNTS_ALLOCATIONS 1
#endif

namespace antler::testing {

/// Calls of malloc, calloc, realloc, aligned_alloc and posix_memalign by the whole process so far;
/// operator new counts through them.
std::int64_t allocation_count();

/// The bytes that are allocated now, as malloc rounds them, and the most there were since the last
/// forget_peak().
std::int64_t allocated_bytes();
std::int64_t peak_bytes();
void forget_peak();

/// Why a test is skipped without it.
inline constexpr const char* kNotCounted = "the sanitizers stand in front of malloc themselves";

}  // namespace antler::testing
