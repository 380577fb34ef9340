// Tensor::to_string, apart from the storage.
#include <cstdio>
#include <string>

#include "antler/core/tensor.h"

namespace antler {
namespace {

constexpr std::int64_t kEdge = 3;       // elements shown at each end of a long axis
constexpr std::int64_t kLongAxis = 12;  // longer axes are shortened

std::string element_text(const Tensor& tensor, std::int64_t position) {
  if (tensor.dtype() == DType::string) return '"' + tensor.item<std::string>(position) + '"';
  if (tensor.dtype() == DType::boolean) return tensor.item<bool>(position) ? "true" : "false";
  if (!is_floating(tensor.dtype())) return std::to_string(tensor.item<std::int64_t>(position));
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", tensor.item<double>(position));
  return text;
}

void append(std::string& out, const Tensor& tensor, int axis, std::int64_t position) {
  if (axis == tensor.rank()) {
    out += element_text(tensor, position);
    return;
  }
  const std::int64_t n = tensor.shape().dim(axis);
  const std::int64_t stride = tensor.shape().size(axis + 1, tensor.rank());
  const std::string separator = axis + 1 == tensor.rank()
                                    ? ", "
                                    : ",\n" + std::string(static_cast<std::size_t>(axis) + 1, ' ');
  out += '[';
  for (std::int64_t i = 0; i < n; ++i) {
    if (i > 0) out += separator;
    if (n > kLongAxis && i == kEdge) {
      out += "...";
      i = n - kEdge - 1;
      continue;
    }
    append(out, tensor, axis + 1, position + i * stride);
  }
  out += ']';
}

}  // namespace

std::string Tensor::to_string() const {
  std::string out;
  append(out, *this, 0, 0);
  return out;
}

}  // namespace antler
