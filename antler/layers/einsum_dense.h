#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "antler/activations/activation.h"
#include "antler/layers/layer.h"

namespace antler {

struct EinsumDenseOptions {
  NamedOnly named_only = NamedOnly();
  ActivationArg activation = {};
  std::optional<std::string> bias_axes = {};
  InitializerArg kernel_initializer = "glorot_uniform";
  InitializerArg bias_initializer = "zeros";
  RegularizerArg kernel_regularizer = {};
  RegularizerArg bias_regularizer = {};
  ConstraintArg kernel_constraint = {};
  ConstraintArg bias_constraint = {};
  RegularizerArg activity_regularizer = {};
  std::string name = {};
  DTypeArg dtype = {};
  bool trainable = true;

  static void visit(auto& self, auto&& field) {
    visit_common(self, field);
    field("activation", self.activation);
    field("bias_axes", self.bias_axes);
    field("kernel_initializer", self.kernel_initializer);
    field("bias_initializer", self.bias_initializer);
    field("kernel_regularizer", self.kernel_regularizer);
    field("bias_regularizer", self.bias_regularizer);
    field("kernel_constraint", self.kernel_constraint);
    field("bias_constraint", self.bias_constraint);
  }
};

/// A dense layer along any axes: y = activation(einsum(equation, x, kernel) + bias).
///
///   EinsumDense("abc,cd->abd", {None, 64}, {.bias_axes = "d"})   Dense(64) on every step
///   EinsumDense("...x,xy->...y", 64, {.bias_axes = "y"})         the same for any rank
///
/// Options  equation: "x,kernel->y", with "..." in front or behind of x and y; output_shape: y's
///          sizes without the batch and without what "..." stands for, None where x has the size;
///          bias_axes: the letters of y that the bias has, by default there is none.
/// Shapes   the kernel's sizes follow from the letters.
/// Errors   ValueError for an equation of another form or letters without a size; ShapeError for
///          sizes that do not fit.
/// Source   keras.layers.EinsumDense.
class EinsumDense : public Layer {
 public:
  EinsumDense(const std::string& equation, const Shape& output_shape,
              const EinsumDenseOptions& options = {});
  EinsumDense(const std::string& equation, std::int64_t output_size,
              const EinsumDenseOptions& options = {});
  static Layer from_config(const Config& config);
};

}  // namespace antler
