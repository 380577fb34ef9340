#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/data/directory_files.h"

namespace antler::utils {

struct TextDatasetOptions {
  NamedOnly named_only = NamedOnly();
  LabelsArg labels = "inferred";
  /// "int": int32 (batch,); "categorical": one-hot rows, float32 (batch, classes); "binary":
  /// float32 (batch, 1); std::nullopt: no labels.
  std::optional<std::string> label_mode = std::string("int");
  /// The classes in their order; all sub-folders, sorted, when left out.
  std::vector<std::string> class_names = {};
  std::int64_t batch_size = 32;
  /// The bytes of a text that are kept; all when left out.
  std::optional<std::int64_t> max_length = {};
  bool shuffle = true;
  /// What decides the order; the default seed when left out.
  std::optional<std::uint64_t> seed = {};
  /// The part of the files that is kept for validation, behind all others; with `subset`.
  std::optional<double> validation_split = {};
  /// "training" or "validation"; "both" for text_datasets_from_directory.
  std::optional<std::string> subset = {};
  bool follow_links = false;
  /// Whether the number of files found is printed.
  bool verbose = true;
};

/// The texts of a folder, class by class in a sub-folder each, as a Dataset of strings: what
/// TextVectorization takes, first in a model or in map().
///
/// Files (.txt) are read while batches are made; none is kept. The same seed gives the same split
/// and order.
///
/// Shapes   x (batch,), y as label_mode says.  Types  x: string, the bytes of a file.
/// Errors   ValueError for options that contradict each other and for a folder without texts;
///          FileError when a file can no longer be read, or has more than 256 MiB.
/// Source   keras.utils.text_dataset_from_directory.
DirectoryDataset text_dataset_from_directory(const std::string& directory,
                                             const TextDatasetOptions& options = {});

/// Training and validation of one split: what Keras gives with subset="both". Only the training
/// texts are shuffled each epoch.
///
/// Errors   As above; ValueError without validation_split.
std::pair<DirectoryDataset, DirectoryDataset> text_datasets_from_directory(
    const std::string& directory, const TextDatasetOptions& options);

}  // namespace antler::utils
