#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace antler {

/// Reads a zip archive, guarded against hostile ones. Members may be stored or deflated; each is
/// checked against its checksum when it is read.
///
/// Errors   FileError that names the archive and the member: not a zip, damaged or truncated, more
///          than 10,000 members, a name twice, a name that is absolute or has "..", a backslash or
///          a zero byte; when a member is read: encrypted, another method, more than 4 GiB, more
///          than 100 times its packed size (members up to 64 KiB excepted), none of that name.
/// Threads  one thread at a time for one reader.
/// Source   guards of Keras' saving_lib.py.
class ZipReader {
 public:
  explicit ZipReader(std::vector<std::byte> bytes, std::string what);
  /// Opens a file; members are read from it when they are asked for.
  static ZipReader open(const std::string& path);
  ~ZipReader();
  ZipReader(ZipReader&&) noexcept;
  ZipReader& operator=(ZipReader&&) noexcept;

  /// In the order of the archive; folders end in a slash.
  const std::vector<std::string>& names() const;
  bool contains(std::string_view name) const;
  std::vector<std::byte> read(std::string_view name) const;
  std::string read_text(std::string_view name) const;

 private:
  struct Impl;
  explicit ZipReader(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Builds a zip archive in memory: members in the order of the calls, stored and not packed, as
/// Keras writes .keras files. All members carry the same date, 1980-01-01, so that equal contents
/// are equal bytes.
///
/// Errors  ValueError for a name twice or one that ZipReader refuses; StateError after finish()
///         and for an archive without members.
class ZipWriter {
 public:
  ZipWriter();
  ~ZipWriter();
  ZipWriter(ZipWriter&&) noexcept;
  ZipWriter& operator=(ZipWriter&&) noexcept;

  void add(const std::string& name, std::vector<std::byte> content);
  void add(const std::string& name, std::string_view content);
  /// The bytes of the archive; the writer is then used up.
  std::vector<std::byte> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace antler
