#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>

#include "antler/core/tensor.h"

// What Keras' `output_mode` makes of categories that were found on the host.
namespace antler {

enum class OutputMode { integer, one_hot, multi_hot, count, tf_idf };

/// The mode of Keras' name; "binary" and "tf-idf" are old names of multi_hot and tf_idf.
/// Errors: ValueError with the nearest of `allowed`.
OutputMode output_mode_from_name(std::string_view name, std::initializer_list<OutputMode> allowed);
std::string_view name(OutputMode mode);

/// The shape of encode_categories; axes may be None, and so may `depth`.
Shape encoded_shape(const Shape& categories, OutputMode mode, std::int64_t depth);

/// Categories, in the row-major order of `shape`, as numbers of `dtype`; one below 0 counts
/// nowhere.
///
///   integer           the categories themselves
///   one_hot           (..., depth): 1 at the category; a last axis of 1 is dropped before
///   multi_hot, count  1 for each category of a sample, or how often it comes: (n) -> (depth),
///                     (a, n) -> (a, depth); of more axes the second is the sample's, as in Keras
///   tf_idf            counts times `weights`, float32
///
/// Source  keras.src.utils.numerical_utils.encode_categorical_inputs.
Tensor encode_categories(std::span<const std::int64_t> categories, const Shape& shape,
                         OutputMode mode, std::int64_t depth, DType dtype,
                         std::span<const float> weights = {});

}  // namespace antler
