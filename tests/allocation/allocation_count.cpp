#include "tests/allocation/allocation_count.h"

#include <malloc.h>

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
void __libc_free(void* p);
}

namespace {

std::atomic<std::int64_t> count{0}, bytes_now{0}, bytes_peak{0};

void* counted(void* p) {
  ++count;
  const std::int64_t now = bytes_now += static_cast<std::int64_t>(malloc_usable_size(p));
  std::int64_t peak = bytes_peak;
  while (now > peak && !bytes_peak.compare_exchange_weak(peak, now)) {
  }
  return p;
}
void forget(void* p) { bytes_now -= static_cast<std::int64_t>(malloc_usable_size(p)); }

}  // namespace

extern "C" {
void* malloc(std::size_t bytes) { return counted(__libc_malloc(bytes)); }
void* calloc(std::size_t n, std::size_t bytes) { return counted(__libc_calloc(n, bytes)); }
void* realloc(void* p, std::size_t bytes) {
  forget(p);
  return counted(__libc_realloc(p, bytes));
}
void* aligned_alloc(std::size_t alignment, std::size_t bytes) {
  return counted(__libc_memalign(alignment, bytes));
}
int posix_memalign(void** p, std::size_t alignment, std::size_t bytes) {
  *p = counted(__libc_memalign(alignment, bytes));
  return *p == nullptr ? ENOMEM : 0;
}
void free(void* p) {
  forget(p);
  __libc_free(p);
}
}

namespace antler::testing {
std::int64_t allocation_count() { return count; }
std::int64_t allocated_bytes() { return bytes_now; }
std::int64_t peak_bytes() { return bytes_peak; }
void forget_peak() { bytes_peak = bytes_now.load(); }
}  // namespace antler::testing

#else

namespace antler::testing {
std::int64_t allocation_count() { return 0; }
std::int64_t allocated_bytes() { return 0; }
std::int64_t peak_bytes() { return 0; }
void forget_peak() {}
}  // namespace antler::testing

#endif
