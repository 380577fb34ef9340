#pragma once

#include "antler/core/config.h"
#include "antler/core/tensor.h"

// Tensors among the arguments of a call, as Keras writes them into a config.
namespace antler {

/// A number for a scalar, else {"class_name": "__numpy__", "config": {"value", "dtype"}}.
Config constant_to_config(const Tensor& tensor);

/// Whether a config is one of Keras' forms of a tensor: "__numpy__" or "__tensor__".
bool is_constant(const Config& config);

/// Errors: ValueError for rows of different lengths, more than 32 axes, an unknown type.
Tensor constant_from_config(const Config& config);

}  // namespace antler
