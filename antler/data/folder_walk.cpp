#include "antler/data/folder_walk.h"

#include <algorithm>
#include <filesystem>

#include "antler/core/error.h"

namespace antler {
namespace {

namespace fs = std::filesystem;

// Deeper than any folder of data; links in a circle get there.
constexpr int kMaxDepth = 64;

template <class Visit>
void visit_entries(const std::string& folder, const Visit& visit) {
  std::error_code error;
  fs::directory_iterator entries(folder, error);
  for (; !error && entries != fs::directory_iterator(); entries.increment(error)) visit(*entries);
  if (error) throw FileError(folder + ": cannot read the folder: " + error.message());
}

bool is_folder(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_directory(error);
}

bool is_link(const fs::directory_entry& entry) {
  std::error_code error;
  return entry.is_symlink(error);
}

bool ends_in(std::string name, std::span<const std::string_view> endings) {
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

void collect_folders(const std::string& folder, bool follow_links, int depth,
                     std::vector<std::string>& folders) {
  if (depth > kMaxDepth) {
    throw FileError(folder + ": expected at most " + std::to_string(kMaxDepth) +
                    " folders in each other; do links form a circle?");
  }
  folders.push_back(folder);
  visit_entries(folder, [&](const fs::directory_entry& entry) {
    if (!is_folder(entry) || (is_link(entry) && !follow_links)) return;
    collect_folders(entry.path().string(), follow_links, depth + 1, folders);
  });
}

}  // namespace

std::vector<std::string> files_below(const std::string& folder,
                                     std::span<const std::string_view> endings, bool follow_links) {
  std::vector<std::string> folders;
  collect_folders(folder, follow_links, 0, folders);
  std::sort(folders.begin(), folders.end());
  std::vector<std::string> files;
  for (const std::string& path : folders) {
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    visit_entries(path, [&](const fs::directory_entry& entry) {
      if (!is_folder(entry) && ends_in(entry.path().filename().string(), endings)) {
        files.push_back(entry.path().string());
      }
    });
    std::sort(files.begin() + first, files.end());
  }
  return files;
}

std::vector<std::string> folders_in(const std::string& folder) {
  std::vector<std::string> names;
  visit_entries(folder, [&](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    if (is_folder(entry) && !name.starts_with(".")) names.push_back(name);
  });
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace antler
