#include "antler/layers/dense.h"

#include "antler/core/error.h"
#include "antler/layers/layer_with_options.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/matmul.h"

namespace antler {
namespace {

class DenseLayer final : public LayerWithOptions<DenseOptions> {
 public:
  DenseLayer(std::int64_t units, const DenseOptions& options)
      : LayerWithOptions(options), units_(units) {
    require_argument("Dense", options, units >= 1,
                     "expected units of at least 1, got " + std::to_string(units));
  }

  std::string class_name() const override { return "Dense"; }
  bool supports_masking() const override { return true; }

  void build(const Shape& input) override {
    if (input.rank() < 2) {
      throw ShapeError("expected at least 2 dimensions (batch and features), got " +
                       input.to_string() + "; add a features axis, for example with Reshape");
    }
    if (input.back() == None) {
      throw ShapeError("expected a known last dimension, got " + input.to_string() +
                       "; give Input() its size");
    }
    kernel_ = add_weight({.name = "kernel",
                          .shape = {input.back(), units_},
                          .initializer = options().kernel_initializer,
                          .regularizer = options().kernel_regularizer,
                          .constraint = options().kernel_constraint});
    if (!options().use_bias) return;
    bias_ = add_weight({.name = "bias",
                        .shape = {units_},
                        .initializer = options().bias_initializer,
                        .regularizer = options().bias_regularizer,
                        .constraint = options().bias_constraint});
  }

  Value call(const Value& x, CallContext&) const override {
    const std::int64_t features = kernel_.shape().front();
    if (x.rank() < 2 || x.shape().back() != features) {
      const bool flat_fits = x.rank() > 2 && x.shape().size(1, x.rank()) == features;
      throw ShapeError(
          "expected last dimension " + std::to_string(features) + ", got " + x.shape().to_string() +
          (flat_fits ? "; did you forget Flatten()?" : "; the layer was built for another input"));
    }
    Value y = ops::matmul(ops::cast(x, kernel_.dtype()), kernel_);
    if (bias_) y = y + bias_;
    return options().activation(y);
  }

  Config get_config() const override {
    return with_argument(LayerWithOptions::get_config(), "units", units_);
  }

 private:
  std::int64_t units_;
  Variable kernel_, bias_;
};

}  // namespace

Dense::Dense(std::int64_t units, const DenseOptions& options)
    : Layer(std::make_shared<DenseLayer>(units, options)) {}

Layer Dense::from_config(const Config& config) {
  const auto options = layer_options<DenseOptions>("Dense", config, {"units"});
  return Dense(required_argument<std::int64_t>("Dense", config, "units"), options);
}

}  // namespace antler
