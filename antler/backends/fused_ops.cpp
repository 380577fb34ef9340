#include "antler/backends/fused_ops.h"

namespace antler {

Config cpu::field_value(Activation activation) {
  switch (activation) {
    case Activation::kLinear:
      return "linear";
    case Activation::kRelu:
      return "relu";
    case Activation::kSigmoid:
      return "sigmoid";
    case Activation::kTanh:
      return "tanh";
  }
  return {};
}

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
