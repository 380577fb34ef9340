#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace antler {

/// An unsigned integer whose first byte is the highest, at any alignment.
template <class T>
T big_endian(const std::byte* p) {
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>(static_cast<T>(value << 8) | std::to_integer<T>(p[i]));
  }
  return value;
}

/// An unsigned integer whose first byte is the lowest, at any alignment.
template <class T>
T little_endian(const std::byte* p) {
  T value = 0;
  for (std::size_t i = sizeof(T); i-- > 0;) {
    value = static_cast<T>(static_cast<T>(value << 8) | std::to_integer<T>(p[i]));
  }
  return value;
}

/// The bytes as "1f 8b 08 00", for messages.
inline std::string hex_text(std::span<const std::byte> bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::byte b : bytes) {
    if (!text.empty()) text += ' ';
    text += kDigits[std::to_integer<unsigned>(b) >> 4];
    text += kDigits[std::to_integer<unsigned>(b) & 15U];
  }
  return text;
}

}  // namespace antler
