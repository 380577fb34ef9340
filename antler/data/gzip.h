#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace antler {

/// Whether the bytes start as gzip data does.
bool is_gzip(std::span<const std::byte> bytes);

/// Unpacks gzip data (RFC 1952, one member or several); stops at `max_bytes`.
///
/// Errors  FileError opened by `name`: damaged or cut short, more than `max_bytes`; always in a
///         build without zlib.
std::vector<std::byte> gunzip(std::span<const std::byte> bytes, const std::string& name,
                              std::int64_t max_bytes);

}  // namespace antler
