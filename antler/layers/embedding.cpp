#include "antler/layers/embedding.h"

#include <algorithm>

#include "antler/layers/layer_with_options.h"
#include "antler/ops/cast.h"
#include "antler/ops/check_index.h"
#include "antler/ops/comparison.h"
#include "antler/ops/gather.h"

namespace antler {
namespace {

class EmbeddingLayer final : public LayerWithOptions<EmbeddingOptions> {
 public:
  EmbeddingLayer(std::int64_t input_dim, std::int64_t output_dim, const EmbeddingOptions& options)
      : LayerWithOptions(options), input_dim_(input_dim), output_dim_(output_dim) {
    const auto require = [&](bool valid, const std::string& text) {
      require_argument("Embedding", options, valid, text);
    };
    require(input_dim >= 1, "expected input_dim of at least 1, got " + std::to_string(input_dim));
    require(output_dim >= 1,
            "expected output_dim of at least 1, got " + std::to_string(output_dim));
    const Shape shape{input_dim, output_dim};
    if (options.weights && options.weights.shape() != shape) {
      throw ShapeError(layer_title("Embedding", options.name) + ": expected weights " +
                       shape.to_string() + ", got " + options.weights.shape().to_string());
    }
  }

  std::string class_name() const override { return "Embedding"; }
  bool supports_masking() const override { return options().mask_zero; }

  void build(const Shape&) override {
    embeddings_ = add_weight({.name = "embeddings",
                              .shape = {input_dim_, output_dim_},
                              .initializer = options().embeddings_initializer,
                              .regularizer = options().embeddings_regularizer,
                              .constraint = options().embeddings_constraint});
    if (options().weights) embeddings_.assign(options().weights.astype(embeddings_.dtype()));
  }

  // Checked apart: to Gather a negative index counts from the end.
  Value call(const Value& x, CallContext&) const override {
    const Value tokens = is_integer(x.dtype()) ? x : ops::cast(x, DType::int32);
    const std::int64_t row_size = x.rank() == 0 ? 1 : x.shape().size(1, x.rank());
    const ops::CheckIndex check{.size = input_dim_,
                                .expected = ops::kExpectedToken,
                                .row_size = std::max<std::int64_t>(1, row_size),
                                .owner = shown_name() + " (Embedding)"};
    const Value valid = apply(check, {tokens});
    return ops::take(embeddings_, valid, 0);
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext&) const override {
    return options().mask_zero ? ops::not_equal(inputs[0], 0) : Value();
  }

  Config get_config() const override {
    return with_argument(with_argument(LayerWithOptions::get_config(), "input_dim", input_dim_),
                         "output_dim", output_dim_);
  }

 private:
  std::int64_t input_dim_, output_dim_;
  Variable embeddings_;
};

}  // namespace

Embedding::Embedding(std::int64_t input_dim, std::int64_t output_dim,
                     const EmbeddingOptions& options)
    : Layer(std::make_shared<EmbeddingLayer>(input_dim, output_dim, options)) {}

Layer Embedding::from_config(const Config& config) {
  const auto options =
      layer_options<EmbeddingOptions>("Embedding", config, {"input_dim", "output_dim"});
  const auto size = [&](std::string_view key) {
    return required_argument<std::int64_t>("Embedding", config, key);
  };
  return Embedding(size("input_dim"), size("output_dim"), options);
}

}  // namespace antler
