#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace antler::detail {

/// `count` bytes, at most eight, as a little-endian number on any machine.
inline std::uint64_t little_endian(const char* bytes, std::size_t count) {
  std::uint64_t word = 0;
  if (count == 0) return word;  // `bytes` may then be null
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, bytes, count);
  } else {
    for (std::size_t i = 0; i < count; ++i) {
      word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
  }
  return word;
}
inline std::uint64_t word64(const char* bytes) { return little_endian(bytes, 8); }
inline std::uint64_t word32(const char* bytes) { return little_endian(bytes, 4); }

inline std::uint64_t rotate_left(std::uint64_t word, int bits) {
  return word << bits | word >> (64 - bits);
}
inline std::uint64_t rotate_right(std::uint64_t word, int bits) {
  return word >> bits | word << (64 - bits);
}

}  // namespace antler::detail
