#include "antler/backends/fused_ops.h"

#include <array>

#include "antler/ops/pooling.h"

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

std::vector<TensorSpec> FusedUpdate::update_inputs(std::span<const TensorSpec> inputs) const {
  std::vector<TensorSpec> of_update = {product.infer(inputs)};
  of_update.insert(of_update.end(), inputs.begin() + 2, inputs.end());
  return of_update;
}

std::vector<TensorSpec> FusedUpdate::infer(std::span<const TensorSpec> inputs) const {
  return update.infer(update_inputs(inputs));
}

TensorSpec FusedConvolution::infer(std::span<const TensorSpec> inputs) const {
  return convolution.infer(inputs.subspan(0, 2));
}

TensorSpec FusedMaxPoolGradient::infer(std::span<const TensorSpec> inputs) const {
  return inputs[0];
}

std::vector<TensorSpec> PooledConvolution::infer(std::span<const TensorSpec> inputs) const {
  const TensorSpec whole = convolution.infer(inputs);
  const TensorSpec y = ops::MaxPool{pool}.infer({&whole, 1});
  return {y, {y.shape, DType::uint8}};
}

TensorSpec MaxUnpool::infer(std::span<const TensorSpec> inputs) const {
  const Shape& g = inputs[0].shape;
  return {ops::spatial_shape(g.front(), sizes, g.back()), inputs[0].dtype};
}

TensorSpec PooledInputGradient::infer(std::span<const TensorSpec> inputs) const {
  return gradient.infer(std::array{unpool.infer(inputs), inputs[1]});
}

TensorSpec PooledKernelGradient::infer(std::span<const TensorSpec> inputs) const {
  return gradient.infer(std::array{inputs[0], unpool.infer(inputs.subspan(1))});
}

TensorSpec FusedElementwise::infer(std::span<const TensorSpec>) const {
  return {shape, DType::float32};
}

}  // namespace antler
