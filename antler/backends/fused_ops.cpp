#include "antler/backends/fused_ops.h"

namespace antler {

TensorSpec FusedMatmul::infer(std::span<const TensorSpec> inputs) const {
  return {{inputs[0].shape.dim(transpose_a ? 1 : 0), inputs[1].shape.dim(transpose_b ? 0 : 1)},
          DType::float32};
}

TensorSpec FusedConvolution::infer(std::span<const TensorSpec> inputs) const {
  return convolution.infer(inputs.subspan(0, 2));
}

TensorSpec FusedMaxPoolGradient::infer(std::span<const TensorSpec> inputs) const {
  return inputs[0];
}

TensorSpec FusedElementwise::infer(std::span<const TensorSpec>) const {
  return {shape, DType::float32};
}

}  // namespace antler
