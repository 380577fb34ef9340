#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace antler {

/// What decode_utf8 returns where no character starts.
inline constexpr std::uint32_t kNotUtf8 = 0xFFFFFFFF;

/// The character at `position`, which moves behind it; kNotUtf8 (and no move) for a byte sequence
/// that is cut off, longer than needed, a surrogate, or beyond U+10FFFF.
std::uint32_t decode_utf8(std::string_view text, std::size_t& position);

/// Appends a character up to U+10FFFF.
void append_utf8(std::string& out, std::uint32_t character);

bool is_utf8(std::string_view text);

}  // namespace antler
