#pragma once

#include <cstdint>

namespace antler {

/// How a thread's processor rounds and what it does with denormals. Of use only to
/// set_float_mode.
using FloatMode = std::uint64_t;
FloatMode float_mode() noexcept;
void set_float_mode(FloatMode mode) noexcept;

/// While it lives, this thread takes denormals (in float32 what is below 1.2e-38) for 0, read and
/// written, where the processor can (x86, ARM).
///
/// They cost many times what other numbers cost, and training makes them: the momentum of a weight
/// whose gradient has become 0 decays into them and, rounded to nearest, never leaves them. XLA,
/// and so Keras on JAX, flushes them as well.
class FlushDenormals {
 public:
  FlushDenormals() noexcept;
  ~FlushDenormals();
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
  FloatMode before_;
};

}  // namespace antler
