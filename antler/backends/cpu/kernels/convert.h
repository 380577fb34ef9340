// Conversions between float32 and the other element types.
//
// y[i] = x[i] for i in [begin, end). Integers too large for float32 are rounded to nearest; floats
// become integers by truncation, with NaN as 0 and what is out of range as the nearest integer; any
// float but 0 is true. Threads: calls with disjoint ranges may run at once.
#pragma once

#include <cstdint>

namespace antler::cpu {

void convert(const uint8_t* x, float* y, int64_t begin, int64_t end) noexcept;
void convert(const bool* x, float* y, int64_t begin, int64_t end) noexcept;
void convert(const int32_t* x, float* y, int64_t begin, int64_t end) noexcept;
void convert(const int64_t* x, float* y, int64_t begin, int64_t end) noexcept;

void convert(const float* x, uint8_t* y, int64_t begin, int64_t end) noexcept;
void convert(const float* x, bool* y, int64_t begin, int64_t end) noexcept;
void convert(const float* x, int32_t* y, int64_t begin, int64_t end) noexcept;
void convert(const float* x, int64_t* y, int64_t begin, int64_t end) noexcept;

}  // namespace antler::cpu
