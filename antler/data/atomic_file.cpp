#include "antler/data/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "antler/core/error.h"

namespace antler {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& what, const std::string& fix) {
  throw FileError(path + ": cannot write: " + what + "; " + fix);
}

std::string likely_fix(int error) {
  switch (error) {
    case ENOENT:
      return "does the folder exist?";
    case ENOTDIR:
      return "a part of the path is not a folder";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose a folder that you may write to";
    case ENOSPC:
    case EDQUOT:
      return "free some space or choose another disk; nothing was changed";
    case EFBIG:
      return "the file exceeds the size limit in force (ulimit -f); nothing was changed";
    default:
      return "nothing was changed";
  }
}

[[noreturn]] void fail_with(const std::string& path, int error) {
  fail(path, std::strerror(error), likely_fix(error));
}

// A link is followed, so that the file it names is replaced and not the link; a device or a pipe
// cannot be renamed over without harm.
std::string final_path(const std::string& path) {
  if (path.empty()) fail("\"\"", "the path is empty", "name a file");
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0) {
    if (path.back() == '/') fail(path, "the path names a folder", "name a file in it");
    return path;
  }
  if (S_ISDIR(info.st_mode)) fail(path, "it is a directory", "name a file in it");
  if (!S_ISREG(info.st_mode)) fail(path, "it is not a regular file", "name a file");
  const std::unique_ptr<char, decltype(&std::free)> real(realpath(path.c_str(), nullptr),
                                                         &std::free);
  return real == nullptr ? path : std::string(real.get());
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

// Owns the temporary file until it is renamed: the descriptor is closed and the file removed on
// every way out.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& target) {
    static std::atomic<unsigned> counter{0};
    // A killed process may have left a file of this name behind: the next number is free.
    do {
      name_ = target + ".tmp-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
      descriptor_ = open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    } while (descriptor_ < 0 && errno == EEXIST);
    created_ = descriptor_ >= 0;
    if (!created_) error_ = errno;
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() {
    if (descriptor_ >= 0) close(descriptor_);
    if (created_ && !renamed_) unlink(name_.c_str());
  }

  /// 0, or the errno of the first thing that failed; each step does nothing after a failure.
  int error() const { return error_; }

  void write_all(std::span<const std::byte> bytes) {
    constexpr std::size_t kChunk = std::size_t{1} << 30;
    while (error_ == 0 && !bytes.empty()) {
      const ssize_t count = write(descriptor_, bytes.data(), std::min(bytes.size(), kChunk));
      if (count >= 0) {
        bytes = bytes.subspan(static_cast<std::size_t>(count));
      } else if (errno != EINTR) {
        error_ = errno;
      }
    }
  }

  void sync_and_rename(const std::string& target) {
    if (error_ == 0 && fsync(descriptor_) != 0) error_ = errno;
    if (error_ != 0) return;
    if (close(descriptor_) != 0) error_ = errno;
    descriptor_ = -1;
    if (error_ != 0) return;
    renamed_ = std::rename(name_.c_str(), target.c_str()) == 0;
    if (!renamed_) error_ = errno;
  }

 private:
  std::string name_;
  int descriptor_ = -1;
  int error_ = 0;
  bool created_ = false;
  bool renamed_ = false;
};

// The name is in the folder: without this a power cut may lose the rename. Some file systems
// refuse to sync a folder; the file itself is safe, so that is no error.
void sync_folder(const std::string& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

}  // namespace

void write_file_atomically(const std::string& path, std::span<const std::byte> bytes) {
  const std::string target = final_path(path);
  TemporaryFile file(target);
  file.write_all(bytes);
  file.sync_and_rename(target);
  if (file.error() != 0) fail_with(path, file.error());
  sync_folder(folder_of(target));
}

}  // namespace antler
