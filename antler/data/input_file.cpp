#include "antler/data/input_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <string_view>

#include "antler/core/error.h"
#include "antler/data/gzip.h"

namespace antler {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int get() const { return value_; }

 private:
  int value_;
};

[[noreturn]] void fail_to_open(const std::string& path, int error) {
  if (error == ENOENT) throw FileError(path + ": no such file; is the path right?");
  throw FileError(path + ": cannot open: " + std::strerror(error) + "; may you read it?");
}

// Reads to the end of the file rather than to the size that stat gave: a pipe has none, and a file
// may grow. One byte over the limit is enough to know.
std::vector<std::byte> read_bytes(const std::string& path, std::int64_t max_bytes) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) fail_to_open(path, errno);
  struct stat info = {};
  if (fstat(file.get(), &info) != 0) fail_to_open(path, errno);
  if (S_ISDIR(info.st_mode)) {
    throw FileError(path + ": expected a file, got a directory; name a file in it");
  }
  constexpr std::int64_t kFirstRead = 1 << 16;
  std::int64_t room = S_ISREG(info.st_mode) ? std::int64_t{info.st_size} + 1 : kFirstRead;
  std::vector<std::byte> bytes;
  std::int64_t size = 0;
  while (true) {
    room = std::min(room, max_bytes + 1);
    bytes.resize(static_cast<std::size_t>(room));
    const ssize_t count =
        read(file.get(), bytes.data() + size, static_cast<std::size_t>(room - size));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw FileError(path + ": cannot read: " + std::strerror(errno));
    if (count == 0) break;
    size += count;
    if (size > max_bytes) {
      throw FileError(path + ": expected at most " + std::to_string(max_bytes) +
                      " bytes, got more; is it the right file?");
    }
    if (size == room) room *= 2;
  }
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
}

}  // namespace

std::vector<std::byte> read_file(const std::string& path, std::int64_t max_bytes) {
  try {
    std::vector<std::byte> bytes = read_bytes(path, max_bytes);
    if (bytes.empty()) {
      throw FileError(path + ": the file is empty; was it written or copied to its end?");
    }
    if (is_gzip(bytes)) return gunzip(bytes, path, max_bytes);
    if (std::string_view(path).ends_with(".gz")) {
      throw FileError(path +
                      ": expected gzip data, got other bytes; rename it without .gz, or "
                      "download it again");
    }
    return bytes;
  } catch (const std::bad_alloc&) {
    throw FileError(path + ": does not fit into this machine's memory");
  }
}

}  // namespace antler
