#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace antler {

/// Writes a whole file or nothing: a temporary file in the same folder, synced, then renamed over
/// `path`; the folder is synced too. A reader sees the old file or the new one, never a part.
///
/// Errors   FileError naming the path and the system's reason (no such folder, full or read-only
///          disk, a folder or a device in place of a file); the temporary file is removed.
/// Threads  any; two writers of one path do not mix, the later rename stays.
void write_file_atomically(const std::string& path, std::span<const std::byte> bytes);

}  // namespace antler
