#include "antler/graph/tensor_spec.h"

namespace antler {

std::string TensorSpec::to_string() const {
  return std::string(name(dtype)) + " " + shape.to_string();
}

}  // namespace antler
