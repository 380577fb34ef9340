#include "antler/core/float_mode.h"

#ifdef __SSE__
#include <xmmintrin.h>
#endif

namespace antler {
namespace {

#if defined(__SSE__)

constexpr FloatMode kFlush = 0x8040;    // flush to zero, denormals are zeros
constexpr FloatMode kControl = 0xFFC0;  // the rest are flags that operations set

FloatMode read() { return _mm_getcsr() & kControl; }
void write(FloatMode mode) { _mm_setcsr(static_cast<unsigned>(mode)); }

#elif defined(__aarch64__)

constexpr FloatMode kFlush = std::uint64_t{1} << 24;

FloatMode read() {
  FloatMode mode = 0;
  asm volatile("mrs %0, fpcr" : "=r"(mode));
  return mode;
}
void write(FloatMode mode) { asm volatile("msr fpcr, %0" : : "r"(mode)); }

#else

constexpr FloatMode kFlush = 0;

FloatMode read() { return 0; }
void write(FloatMode) {}

#endif

}  // namespace

FloatMode float_mode() noexcept { return read(); }

// Writing takes far longer than reading.
void set_float_mode(FloatMode mode) noexcept {
  if (read() != mode) write(mode);
}

FlushDenormals::FlushDenormals() noexcept : before_(read()) { set_float_mode(before_ | kFlush); }
FlushDenormals::~FlushDenormals() { set_float_mode(before_); }

}  // namespace antler
