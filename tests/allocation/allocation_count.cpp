#include "tests/allocation/allocation_count.h"

#include <atomic>
#include <cerrno>
#include <cstddef>

#if ANTLER_COUNTS_ALLOCATIONS

// glibc keeps its own functions under these names: ours stand in front of them.
extern "C" {
void* __libc_malloc(std::size_t bytes);
void* __libc_calloc(std::size_t count, std::size_t bytes);
void* __libc_realloc(void* p, std::size_t bytes);
void* __libc_memalign(std::size_t alignment, std::size_t bytes);
}

namespace {
std::atomic<std::int64_t> count{0};
}

extern "C" {
void* malloc(std::size_t bytes) {
  ++count;
  return __libc_malloc(bytes);
}
void* calloc(std::size_t n, std::size_t bytes) {
  ++count;
  return __libc_calloc(n, bytes);
}
void* realloc(void* p, std::size_t bytes) {
  ++count;
  return __libc_realloc(p, bytes);
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  ++count;
  return __libc_memalign(alignment, bytes);
}
int posix_memalign(void** p, std::size_t alignment, std::size_t bytes) {
  ++count;
  *p = __libc_memalign(alignment, bytes);
  return *p == nullptr ? ENOMEM : 0;
}
}

namespace antler::testing {
std::int64_t allocation_count() { return count; }
}  // namespace antler::testing

#else

namespace antler::testing {
std::int64_t allocation_count() { return 0; }
}  // namespace antler::testing

#endif
