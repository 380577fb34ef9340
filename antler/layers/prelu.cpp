#include "antler/layers/prelu.h"

#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/relu.h"

namespace antler {
namespace {

class PReLULayer final : public LayerWithOptions<PReLUOptions> {
 public:
  using LayerWithOptions::LayerWithOptions;

  std::string class_name() const override { return "PReLU"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override {
    if (input.rank() == 0) throw ShapeError("expected a batch axis, got a scalar");
    Shape alpha = input.without_batch();
    for (const int axis : options().shared_axes.get()) {
      if (axis < 1 || axis >= input.rank()) {
        throw ShapeError("expected shared_axes in [1, " + std::to_string(input.rank()) + "), got " +
                         std::to_string(axis) + " for " + input.to_string());
      }
      alpha.set(axis - 1, 1);
    }
    if (!alpha.is_known()) {
      throw ShapeError("expected known sizes but for shared_axes, got " + input.to_string() +
                       "; add the axis to shared_axes, or give Input() its size");
    }
    alpha_ = add_weight({.name = "alpha",
                         .shape = alpha,
                         .initializer = options().alpha_initializer,
                         .regularizer = options().alpha_regularizer,
                         .constraint = options().alpha_constraint});
  }

  // Two ReLUs rather than a select: at x = 0 the gradient is then 0, as in Keras.
  Value call(const Value& x, CallContext&) const override {
    check_input(x.shape());
    return ops::relu(x) - alpha_ * ops::relu(-x);
  }

 private:
  void check_input(const Shape& input) const {
    const Shape& alpha = alpha_.shape();
    bool fits = input.rank() == alpha.rank() + 1;
    for (int axis = 0; fits && axis < alpha.rank(); ++axis) {
      fits = alpha[axis] == 1 || alpha[axis] == input[axis + 1];
    }
    if (!fits) {
      throw ShapeError("expected an input that alpha " + alpha.to_string() + " fits, got " +
                       input.to_string() + "; the layer was built for another input");
    }
  }

  Variable alpha_;
};

}  // namespace

PReLU::PReLU(const PReLUOptions& options) : Layer(std::make_shared<PReLULayer>(options)) {}

Layer PReLU::from_config(const Config& config) {
  return PReLU(layer_options<PReLUOptions>("PReLU", config));
}

}  // namespace antler
