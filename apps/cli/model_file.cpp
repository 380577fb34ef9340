#include "apps/cli/model_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "antler/core/error.h"
#include "antler/saving/saving.h"

namespace antler::cli {
namespace {

// The command's part of what a caller may keep in the file.
constexpr const char* kMember = "command";

}  // namespace

LoadedModel load_model_file(const std::string& path) {
  LoadedModel loaded = {load_model(path), {}};
  const FileExtra extra = read_extra(path);
  const Config* coding = extra.user.find(kMember);
  if (coding != nullptr) {
    loaded.coding =
        with_error_prefix(path + ": antler.json: ", [&] { return coding_from_config(*coding); });
  }
  return loaded;
}

void save_model_file(const Model& model, const std::string& path, const Coding& coding, int epoch) {
  save_model(model, path, {.epoch = epoch, .user = Config::map({{kMember, to_config(coding)}})});
}

void check_can_write(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    throw FileError(fmt::format("{}: is a directory; expected the name of a file to write", path));
  }
  fs::path folder = fs::path(path).parent_path();
  if (folder.empty()) folder = ".";
  if (!fs::is_directory(folder, ignored)) {
    throw FileError(fmt::format("{}: cannot be written: no folder {}", path, folder.string()));
  }
  if (access(folder.c_str(), W_OK) != 0) {
    throw FileError(fmt::format("{}: cannot be written: {}", path, std::strerror(errno)));
  }
}

}  // namespace antler::cli
