#include "antler/callbacks/files.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "antler/core/error.h"

namespace antler {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

void require_file_path(const std::string& owner, const std::string& path) {
  if (path.empty()) throw FileError(owner + ": expected a file's path, got an empty one");
  std::error_code error;
  if (path.back() == '/' || std::filesystem::is_directory(path, error)) {
    throw FileError(path + ": " + owner + " expected a file, got a directory; name a file in it");
  }
  const std::string folder = folder_of(path);
  if (!std::filesystem::is_directory(folder, error)) {
    throw FileError(path + ": " + owner + " cannot write: there is no folder " + folder +
                    "; make it or choose another");
  }
}

void require_folder(const std::string& owner, const std::string& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    std::filesystem::create_directories(folder, error);
    if (error) {
      throw FileError(folder + ": " + owner + " cannot make this folder: " + error.message() +
                      "; choose another");
    }
  }
  if (access(folder.c_str(), W_OK) != 0) {
    throw FileError(folder + ": " + owner + " cannot write into this folder: " +
                    std::strerror(errno) + "; choose a folder that you may write to");
  }
}

}  // namespace antler
