#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace antler::datasets {

/// A file of a data set as it is published.
struct PublishedFile {
  std::string_view name;  // without the folder, as it is published: "train-images-idx3-ubyte.gz"
  std::int64_t bytes;
  std::string_view checksum;  // "sha256 440f..."
};

/// The folders that are searched, first match first: $ANTLER_DATA, then $XDG_CACHE_HOME/antler (or
/// ~/.cache/antler).
std::vector<std::string> search_folders();

/// The path of `folder/file` in the first search folder that has it, as published or unpacked
/// (without .gz); empty when none has.
std::string find_file(std::string_view folder, std::string_view file);

/// Whether all of `files` are found.
bool all_found(std::string_view folder, std::span<const PublishedFile> files);

/// Which files to put where: one line a file, with its size and checksum.
std::string file_list(std::string_view folder, std::span<const PublishedFile> files);

/// The search folders with `folder` in them, joined by " or ".
std::string wanted_places(std::string_view folder);

}  // namespace antler::datasets
