// Random numbers: Philox4x32-10 for several blocks at a time, with the bits of core/random.h.
#pragma once

#include <cstdint>

namespace antler::cpu {

/// What the words of one stream at one step follow from, as RandomStream has it.
struct PhiloxStream {
  uint32_t key[2];
  uint32_t stream;
  uint32_t step;
};

/// out[0 .. 4 blocks): the words of the blocks [first, first + blocks).
void philox_words(const PhiloxStream& stream, uint64_t first, int64_t blocks,
                  uint32_t* out) noexcept;

/// out[i] = words[i] / 2^32, cut off to multiples of 2^-24: uniform in [0, 1).
void uniform_of_words(const uint32_t* words, int64_t size, float* out) noexcept;

/// y[i] = x[i] scale where the uniform number of words[i] is at least `rate`, else 0.
void dropout_of_words(const uint32_t* words, const float* x, float rate, float scale, int64_t size,
                      float* y) noexcept;

}  // namespace antler::cpu
