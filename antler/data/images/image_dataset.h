#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "antler/core/named_only.h"
#include "antler/data/directory_files.h"
#include "antler/layers/sizes_arg.h"

namespace antler::utils {

struct ImageDatasetOptions {
  NamedOnly named_only = NamedOnly();
  LabelsArg labels = "inferred";
  /// "int": int32 (batch,); "categorical": one-hot rows, float32 (batch, classes); "binary":
  /// float32 (batch, 1); std::nullopt: no labels.
  std::optional<std::string> label_mode = std::string("int");
  /// The classes in their order; all sub-folders, sorted, when left out.
  std::vector<std::string> class_names = {};
  /// "grayscale" (1 channel), "rgb" (3), "rgba" (4).
  std::string color_mode = "rgb";
  std::int64_t batch_size = 32;
  /// (height, width).
  SizesArg image_size = {256, 256};
  bool shuffle = true;
  /// What decides the order; the default seed when left out.
  std::optional<std::uint64_t> seed = {};
  /// The part of the files that is kept for validation, behind all others; with `subset`.
  std::optional<double> validation_split = {};
  /// "training" or "validation"; "both" for image_datasets_from_directory.
  std::optional<std::string> subset = {};
  /// "bilinear", "nearest", "bicubic", "area", "lanczos3", "lanczos5".
  std::string interpolation = "bilinear";
  bool follow_links = false;
  /// Whether what does not fit the shape of image_size is cut off on both sides.
  bool crop_to_aspect_ratio = false;
  /// Whether the shape of image_size is filled up with black on both sides.
  bool pad_to_aspect_ratio = false;
  /// "channels_last": (batch, height, width, channels); "channels_first".
  std::string data_format = "channels_last";
  /// Whether the number of files found is printed.
  bool verbose = true;
};

/// The images of a folder, class by class in a sub-folder each, as a Dataset for fit:
///
///     auto train = utils::image_dataset_from_directory(
///         "pets", {.image_size = {64, 64}, .seed = 1, .validation_split = 0.2,
///                  .subset = "training"});
///     model.fit(train.prefetch(), {.epochs = 5});
///     std::string first = train.class_names[0];
///
/// Files (.png, .jpeg, .jpg, .bmp) are read and decoded while batches are made, several at once;
/// none is kept. The same seed gives the same split and order.
///
/// Shapes   x (batch, height, width, channels), y as label_mode says.
/// Types    x: float32 of 0 to 255; scale it in the model, with Rescaling.
/// Errors   ValueError for options that contradict each other and for a folder without images;
///          FileError for GIF, and, when its batch is read, naming a file that is damaged.
/// Source   keras.utils.image_dataset_from_directory.
DirectoryDataset image_dataset_from_directory(const std::string& directory,
                                              const ImageDatasetOptions& options = {});

/// Training and validation of one split: what Keras gives with subset="both". Only the training
/// images are shuffled each epoch.
///
///     auto [training, validation] = utils::image_datasets_from_directory(
///         "pets", {.image_size = {64, 64}, .seed = 1, .validation_split = 0.2});
///
/// Errors   As above; ValueError without validation_split.
std::pair<DirectoryDataset, DirectoryDataset> image_datasets_from_directory(
    const std::string& directory, const ImageDatasetOptions& options);

}  // namespace antler::utils
