#include "antler/layers/spectral_normalization.h"

#include "antler/core/options.h"
#include "antler/graph/rewrite.h"
#include "antler/initializers/random_normal.h"
#include "antler/layers/layer_with_options.h"
#include "antler/layers/unit_length.h"
#include "antler/layers/wrapper.h"
#include "antler/layers/wrappers.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/cast.h"
#include "antler/ops/comparison.h"
#include "antler/ops/matmul.h"
#include "antler/ops/max_min.h"
#include "antler/ops/reshape.h"
#include "antler/ops/stop_gradient.h"
#include "antler/ops/transpose.h"
#include "antler/ops/where.h"

namespace antler {
namespace {

class SpectralNormalizationLayer final : public WrapperBase {
 public:
  SpectralNormalizationLayer(const Layer& layer, const SpectralNormalizationOptions& options)
      : WrapperBase(layer,
                    {options.name, options.dtype, options.trainable, options.activity_regularizer}),
        iterations_(options.power_iterations) {
    require_argument("SpectralNormalization", options, iterations_ >= 1,
                     "expected power_iterations of at least 1, got " + std::to_string(iterations_));
  }

  std::string class_name() const override { return "SpectralNormalization"; }

  void build_list(const std::vector<Shape>& inputs) override {
    WrapperBase::build_list(inputs);
    for (const Variable& weight : layer().base().own_weights()) {
      if (!kernel_ && (weight.name() == "kernel" || weight.name() == "embeddings")) {
        kernel_ = weight;
      }
    }
    if (!kernel_) {
      throw ValueError("expected a layer with a weight \"kernel\" or \"embeddings\", got " +
                       layer().base().shown_name() + " (" + layer().class_name() + ")");
    }
    share_weight(kernel_);
    vector_u_ = add_weight({.name = "vector_u",
                            .shape = {1, kernel_.shape().back()},
                            .initializer = initializers::TruncatedNormal({.stddev = 0.02}),
                            .dtype = DTypeArg(kernel_.dtype()),
                            .trainable = false});
  }

  // The layer reads its kernel itself: what it made of it is made again from the normalized one.
  std::vector<Value> call_list(const std::vector<Value>& inputs,
                               CallContext& context) const override {
    Value kernel = context.value(kernel_);
    if (context.training()) {
      kernel = normalized(kernel, context);
      context.assign(kernel_, kernel);
    }
    const std::vector<Value> outputs = layer().call_all(inputs, context);
    ValueMap replacements;
    for (const Value& input : inputs) replacements.emplace(key_of(input), input);
    replacements.emplace(key_of(kernel_.value()), kernel);
    std::vector<Value> replaced = rewrite(outputs, replacements, reapply);
    for (std::size_t i = 0; i < replaced.size(); ++i) {
      if (is_floating(inputs[0].dtype())) replaced[i] = ops::cast(replaced[i], inputs[0].dtype());
      if (const Value mask = context.mask(outputs[i])) context.set_mask(replaced[i], mask);
    }
    return replaced;
  }

  Config get_config() const override {
    return with_argument(WrapperBase::get_config(), "power_iterations", iterations_);
  }

 private:
  // A kernel of zeros has no direction and stays as it is.
  Value normalized(const Value& kernel, CallContext& context) const {
    const std::int64_t columns = kernel.shape().back();
    const Value weights = ops::reshape(kernel, {kernel.shape().size() / columns, columns});
    const Value before = context.value(vector_u_);
    Value u = before, v;
    for (std::int64_t i = 0; i < iterations_; ++i) {
      v = unit_length(ops::matmul(u, ops::transpose(weights)), {}, kUnitEpsilon);
      u = unit_length(ops::matmul(v, weights), {}, kUnitEpsilon);
    }
    u = ops::stop_gradient(u);
    v = ops::stop_gradient(v);
    const Value sigma = ops::matmul(ops::matmul(v, weights), ops::transpose(u));
    const Value is_zero = ops::all(ops::equal(kernel, 0));
    context.assign(vector_u_, ops::where(is_zero, before, u));
    return kernel / ops::reshape(ops::where(is_zero, 1, sigma), {});
  }

  std::int64_t iterations_;
  Variable kernel_, vector_u_;
};

}  // namespace

SpectralNormalization::SpectralNormalization(const Layer& layer,
                                             const SpectralNormalizationOptions& options)
    : Layer(std::make_shared<SpectralNormalizationLayer>(layer, options)) {}

Layer spectral_normalization_from_config(const Config& config, const CustomObjects& custom) {
  const auto options =
      layer_options<SpectralNormalizationOptions>("SpectralNormalization", config, {"layer"});
  return SpectralNormalization(inner_layer("SpectralNormalization", config, "layer", custom),
                               options);
}

}  // namespace antler
