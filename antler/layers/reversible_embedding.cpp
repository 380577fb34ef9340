#include "antler/layers/reversible_embedding.h"

#include "antler/layers/embedding_layer.h"
#include "antler/ops/arithmetic.h"
#include "antler/ops/composite.h"
#include "antler/ops/matmul.h"
#include "antler/ops/operands.h"
#include "antler/ops/reshape.h"
#include "antler/ops/trigonometric.h"

namespace antler {
namespace {

// One product of all rows with the table as it lies, so that no step makes a transposed copy of it.
Value times_transposed(const Value& x, const Value& table) {
  return ops::when_shapes_known(
      "times_transposed", {x, table}, Config::map(), [](std::span<const Value> in) {
        const Shape& shape = in[0].shape();
        const Value rows =
            ops::reshape(in[0], {shape.size(0, shape.rank() - 1), in[1].shape().back()});
        Shape out = shape;
        out.set(-1, in[1].shape().front());
        return ops::reshape(apply(ops::Matmul{.transpose_b = true}, {rows, in[1]}), out);
      });
}

class ReversibleEmbeddingLayer final : public EmbeddingLayerBase<ReversibleEmbeddingOptions> {
 public:
  ReversibleEmbeddingLayer(std::int64_t input_dim, std::int64_t output_dim,
                           const ReversibleEmbeddingOptions& options)
      : EmbeddingLayerBase("ReversibleEmbedding", input_dim, output_dim, options) {
    const std::optional<double>& cap = options.logit_soft_cap;
    require_argument(
        "ReversibleEmbedding", options, !cap || *cap > 0,
        "expected a logit_soft_cap above 0, got " + Config(cap.value_or(0)).to_string());
    if (options.reverse_dtype.is_given() && !is_floating(options.reverse_dtype.get())) {
      throw TypeError(layer_title("ReversibleEmbedding", options.name) +
                      ": expected a floating reverse_dtype, got " +
                      std::string(antler::name(options.reverse_dtype.get())));
    }
  }

  std::vector<std::string_view> call_arguments() const override { return {"reverse"}; }

  void build(const Shape& input) override {
    EmbeddingLayerBase::build(input);
    if (options().tie_weights) return;
    reverse_embeddings_ = add_weight({.name = "reverse_embeddings",
                                      .shape = {output_dim(), input_dim()},
                                      .initializer = options().embeddings_initializer});
  }

  Value call(const Value& x, CallContext& context) const override {
    return context.options().reverse ? logits(x) : look_up(x);
  }

  Value compute_mask(const std::vector<Value>& inputs, const CallContext& context) const override {
    return context.options().reverse ? Value() : padding_mask(inputs[0]);
  }

 private:
  Value logits(const Value& x) const {
    if (x.rank() == 0 || x.shape().back() != output_dim()) {
      throw ShapeError("expected vectors of " + std::to_string(output_dim()) +
                       " numbers to reverse, got " + x.shape().to_string());
    }
    const DType type = options().reverse_dtype.value_or(dtype());
    const Value vectors = ops::cast(x, type);
    const Value y = options().tie_weights
                        ? times_transposed(vectors, ops::cast(embeddings(), type))
                        : ops::matmul(vectors, ops::cast(reverse_embeddings_, type));
    if (!options().logit_soft_cap) return y;
    const Value cap = ops::detail::number_like(y, *options().logit_soft_cap);
    return ops::tanh(y / cap) * cap;
  }

  Variable reverse_embeddings_;
};

}  // namespace

ReversibleEmbedding::ReversibleEmbedding(std::int64_t input_dim, std::int64_t output_dim,
                                         const ReversibleEmbeddingOptions& options)
    : Layer(std::make_shared<ReversibleEmbeddingLayer>(input_dim, output_dim, options)) {}

Layer ReversibleEmbedding::from_config(const Config& config) {
  return embedding_from_config<ReversibleEmbedding, ReversibleEmbeddingOptions>(
      "ReversibleEmbedding", config);
}

}  // namespace antler
