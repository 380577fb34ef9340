#pragma once

#include <string>

#include "antler/core/dtype.h"
#include "antler/core/shape.h"

namespace antler {

/// What is known of a tensor before it exists: its shape (axes may be None) and element type.
struct TensorSpec {
  Shape shape;
  DType dtype = DType::float32;

  bool operator==(const TensorSpec&) const = default;
  /// "float32 (None, 3)".
  std::string to_string() const;
};

}  // namespace antler
