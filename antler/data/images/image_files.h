#pragma once

#include <string>

#include "antler/core/named_only.h"
#include "antler/core/tensor.h"
#include "antler/layers/sizes_arg.h"

namespace antler::utils {

struct LoadImgOptions {
  NamedOnly named_only = NamedOnly();
  /// "grayscale", "rgb", "rgba".
  std::string color_mode = "rgb";
  /// (height, width); as in the file when left out.
  SizesArg target_size = {};
  /// Only "nearest" so far.
  std::string interpolation = "nearest";
  /// Whether the middle is cropped to the target's shape before it is resized.
  bool keep_aspect_ratio = false;
};

/// An image from a PNG, JPEG or BMP file, known by its first bytes.
///
/// Shapes  (height, width, channels).  Types  uint8.
/// Errors  FileError naming the path: missing, damaged, cut short, above 100 megapixels, GIF;
///         ValueError for an option.
/// Source  keras.utils.load_img; a Tensor stands for Pillow's image.
Tensor load_img(const std::string& path, const LoadImgOptions& options = {});

struct ImageArrayOptions {
  NamedOnly named_only = NamedOnly();
  /// "channels_last": (height, width, channels); "channels_first": (channels, height, width).
  std::string data_format = "channels_last";
  DType dtype = DType::float32;
};

/// load_img's image as numbers of 0 to 255 for a model; an axis for the batch is still to be added.
///
/// Shapes  (height, width, channels) or (height, width), which is grey -> three axes.
/// Types   any numbers -> dtype.
/// Errors  ShapeError for another rank; ValueError for another data_format.
/// Source  keras.utils.img_to_array.
Tensor img_to_array(const Tensor& img, const ImageArrayOptions& options = {});

struct ArrayImageOptions {
  NamedOnly named_only = NamedOnly();
  std::string data_format = "channels_last";
  /// Whether the values are stretched, so that the smallest is 0 and the largest 255.
  bool scale = true;
};

/// An array of 1, 3 or 4 channels as an image of uint8; fractions are cut off.
///
/// Errors  ShapeError for another rank or number of channels; ValueError for another data_format.
/// Source  keras.utils.array_to_img; there values outside 0 to 255 wrap, here they stay at the
///         bounds.
Tensor array_to_img(const Tensor& x, const ArrayImageOptions& options = {});

/// Writes array_to_img(x) as a PNG file, whole or not at all.
///
/// Errors  ValueError for a name that does not end in .png; FileError.
/// Source  keras.utils.save_img, of whose formats PNG is the one here.
void save_img(const std::string& path, const Tensor& x, const ArrayImageOptions& options = {});

}  // namespace antler::utils
