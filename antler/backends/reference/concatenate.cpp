#include "antler/ops/concatenate.h"

#include <cstring>

#include "antler/backends/reference/reference_kernel.h"

namespace antler {

template <>
KernelPtr reference_kernel(const ops::Concatenate& op, const KernelSpecs& specs) {
  const Shape& shape = specs.outputs[0].shape;
  const int axis = normalize_axis(op.name, op.axis, shape.rank());
  const std::int64_t outer = shape.size(0, axis);
  std::vector<std::size_t> bytes;  // of a row of each input
  for (const TensorSpec& input : specs.inputs) {
    bytes.push_back(
        static_cast<std::size_t>(input.shape.size(axis, shape.rank()) * item_size(input.dtype)));
  }
  return make_kernel([outer, bytes](const KernelArguments& arguments) {
    std::byte* y = arguments.outputs[0];
    for (std::int64_t o = 0; o < outer; ++o) {
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::memcpy(y, arguments.inputs[i] + static_cast<std::size_t>(o) * bytes[i], bytes[i]);
        y += bytes[i];
      }
    }
  });
}

}  // namespace antler
