#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace antler {

/// The most that a reader takes from one file, unpacked: 4 GiB.
inline constexpr std::int64_t kMaxFileBytes = std::int64_t{1} << 32;

/// A whole file in memory; gzip data (known by its first bytes) is unpacked.
///
/// At most `max_bytes` are read and unpacked, so that a small file that unpacks to a huge one costs
/// no more than that.
///
/// Errors  FileError naming the path: missing, a directory, empty, too large, named .gz without
///         being gzip, gzip data that is damaged or cut short; in a build without zlib any gzip.
std::vector<std::byte> read_file(const std::string& path, std::int64_t max_bytes = kMaxFileBytes);

}  // namespace antler
