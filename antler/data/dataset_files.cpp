#include "antler/data/dataset_files.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace antler::datasets {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool is_there(const std::string& path) {
  std::error_code error;
  return std::filesystem::exists(path, error);
}

}  // namespace

std::vector<std::string> search_folders() {
  std::vector<std::string> folders;
  if (const std::string data = environment("ANTLER_DATA"); !data.empty()) folders.push_back(data);
  const std::string cache = environment("XDG_CACHE_HOME");
  const std::string home = environment("HOME");
  if (!cache.empty()) {
    folders.push_back(cache + "/antler");
  } else if (!home.empty()) {
    folders.push_back(home + "/.cache/antler");
  }
  return folders;
}

std::string find_file(std::string_view folder, std::string_view file) {
  for (const std::string& root : search_folders()) {
    const std::string path = root + "/" + std::string(folder) + "/" + std::string(file);
    if (is_there(path)) return path;
    if (!file.ends_with(".gz")) continue;
    const std::string unpacked = path.substr(0, path.size() - 3);
    if (is_there(unpacked)) return unpacked;
  }
  return {};
}

bool all_found(std::string_view folder, std::span<const PublishedFile> files) {
  return std::all_of(files.begin(), files.end(), [&](const PublishedFile& file) {
    return !find_file(folder, file.name).empty();
  });
}

std::string file_list(std::string_view folder, std::span<const PublishedFile> files) {
  std::string text;
  for (const PublishedFile& file : files) {
    text += "\n  " + std::string(folder) + "/" + std::string(file.name) + "  " +
            std::to_string(file.bytes) + " bytes";
    if (!file.checksum.empty()) text += "  " + std::string(file.checksum);
  }
  return text;
}

std::string wanted_places(std::string_view folder) {
  std::string text;
  for (const std::string& root : search_folders()) {
    text += (text.empty() ? "" : " or ") + root + "/" + std::string(folder);
  }
  return text.empty() ? "$ANTLER_DATA/" + std::string(folder) : text;
}

}  // namespace antler::datasets
